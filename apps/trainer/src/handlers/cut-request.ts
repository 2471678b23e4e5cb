import type { CutRequest } from '../compute/cut-network.ts';
import type { JobRun } from '../job-run.ts';
import { teacherRequest } from './inputs.ts';

/** The job's network with the supernets of its cells. */
export async function cutRequest(run: JobRun): Promise<CutRequest> {
  const { attempt, artifacts } = run;
  const { network, search, job } = attempt;
  if (!network) throw new Error(`job ${job.id} has no network`);
  const cells = await attempt.inputs.cells();
  const { choices } = network;
  return {
    space: search.spec.space,
    choices,
    supernets: await Promise.all(
      choices.map(async (choice, block) => {
        const cell = cells.find((row) => row.block === block && row.index === choice.cell);
        if (!cell?.sha256) throw new Error(`block ${block} has no distilled cell ${choice.cell}`);
        return await artifacts.get(cell.sha256);
      }),
    ),
    teacher: await teacherRequest(run),
  };
}
