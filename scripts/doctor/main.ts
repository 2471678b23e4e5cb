// `npm run doctor`: what each engine is on this machine, and which one a trainer takes.

import { engineNames } from '../../packages/contracts/src/index.ts';
import {
  autoCandidates,
  bestOf,
  type EngineOptions,
  passed,
  type SelfTestReport,
  selfTest,
  timedOnProcessor,
} from '../../packages/engine/src/index.ts';
import { readDoctorFlags } from './flags.mjs';
import { choiceLine, linesOf } from './lines.ts';

process.exitCode = await main(process.argv.slice(2));

/** Exit status: 0 when an engine can train here, 1 when none can, 2 for a wrong flag. */
async function main(args: readonly string[]): Promise<number> {
  const flags = readDoctorFlags(args);
  if ('wrong' in flags) {
    console.error(flags.wrong);
    return 2;
  }
  const { engine, device, allowSoftware, json } = flags;
  const options: EngineOptions = { ...(device === undefined ? {} : { device }), allowSoftware };
  const asked = engineNames.filter((name) => engine === undefined || name === engine);
  const reports: SelfTestReport[] = [];
  // One after the other: each wants the machine for itself while it is timed.
  for (const name of asked) {
    // `cpu` takes long for its figure, which nobody chooses an engine by.
    const speed = name !== 'cpu' || name === engine;
    const report = await selfTest(name, { ...options, ...timedOnProcessor, speed });
    reports.push(report);
    if (!json) for (const line of linesOf(report)) console.log(line);
  }
  const candidates = autoCandidates(options);
  const chosen = bestOf(reports.filter(({ name }) => candidates.includes(name)))?.name ?? null;
  if (json) {
    const auto = engine === undefined ? { chosen } : {};
    console.log(JSON.stringify({ ...auto, engines: reports }, null, 2));
  } else if (engine === undefined) console.log(`\n${choiceLine(chosen)}`);
  return (engine === undefined ? chosen !== null : reports.some(passed)) ? 0 : 1;
}
