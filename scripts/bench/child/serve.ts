import { createInterface } from 'node:readline';
import type { Workload } from '../../../packages/engine/bench/workload.ts';
import type { Description, Opened, Question, Ran, Refused, Sample } from '../protocol.ts';

/** What a process can run. */
export interface Served {
  describe(): Promise<Description>;
  open(workload: string): Promise<Workload>;
}

/** Warmed up by so many runs, or after so long. */
const warmupRuns = 3;
const warmupSeconds = 10;
/** A workload that takes so long for a single image is warmed up by that image alone. */
const slowSeconds = 1;

/** Answers the questions of the protocol until there are no more, then ends the process. */
export async function serve(served: Served): Promise<never> {
  const write = process.stdout.write.bind(process.stdout);
  // Whatever a library prints must not get between the answers.
  process.stdout.write = process.stderr.write.bind(process.stderr);
  let workload: Workload | undefined;

  const answer = async (question: Question): Promise<Description | Opened | Ran> => {
    switch (question.ask) {
      case 'describe':
        return await served.describe();
      case 'open': {
        workload = await served.open(question.workload);
        const { params, images, note = null } = workload;
        return { params, images, note, warmMs: await warmUp(workload) };
      }
      case 'run': {
        if (workload === undefined) throw new Error('No workload is open.');
        return { samples: await runs(workload, question.count) };
      }
      default:
        return unknownQuestion(question);
    }
  };

  for await (const line of createInterface({ input: process.stdin })) {
    const said: Description | Opened | Ran | Refused = await answer(JSON.parse(line)).catch(
      (error: unknown) => ({ error: error instanceof Error ? error.message : String(error) }),
    );
    write(`${JSON.stringify(said)}\n`);
  }
  await workload?.close();
  // A graphics driver would keep the process alive.
  process.exit();
}

async function warmUp(workload: Workload): Promise<number | null> {
  if (workload.runOne !== undefined) {
    // Twice: the first one also compiles.
    await timed(() => workload.runOne?.());
    const { ms } = await timed(() => workload.runOne?.());
    if (ms > slowSeconds * 1000) return null;
  }
  const started = performance.now();
  let last = 0;
  for (let run = 0; run < warmupRuns; run++) {
    ({ ms: last } = await timed(() => workload.run()));
    if (performance.now() - started > warmupSeconds * 1000) break;
  }
  return last;
}

async function runs(workload: Workload, count: number): Promise<Sample[]> {
  const samples: Sample[] = [];
  for (let run = 0; run < count; run++) samples.push(await timed(() => workload.run()));
  return samples;
}

async function timed(run: () => Promise<void> | undefined): Promise<Sample> {
  const start = performance.now();
  const cpuStart = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(cpuStart);
  return { ms: performance.now() - start, cpuMs: (user + system) / 1000 };
}

function unknownQuestion(question: never): never {
  throw new Error(`Unknown question ${JSON.stringify(question)}.`);
}
