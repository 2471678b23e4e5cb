// `npm run chaos`: whether anything is lost when everything that can fail does.

import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { readChaosFlags } from './flags.mjs';
import { runChaos } from './run.ts';
import { summaryOf } from './summary.ts';

const root = path.resolve(import.meta.dirname, '../..');
const flags = readChaosFlags(process.argv.slice(2), process.env.INIT_CWD ?? process.cwd());
// The bootstrap has looked at them already.
if (!('rounds' in flags)) process.exit(2);

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => stopping.abort());
}
const report = await runChaos({ ...flags, root, say: console.log, signal: stopping.signal });
for (const line of summaryOf(report)) console.log(line);
if (flags.out !== undefined) await writeFile(flags.out, `${JSON.stringify(report, null, 2)}\n`);
process.exit(report.rounds.some(({ broken }) => broken.length > 0) ? 1 : 0);
