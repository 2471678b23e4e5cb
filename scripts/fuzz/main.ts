// `npm run fuzz`: whether anything that reads foreign input can be brought to fail.

import { writeFile } from 'node:fs/promises';
import { setup } from '../../packages/db/src/testing/global-setup.ts';
import { readFuzzFlags } from './flags.mjs';
import { fuzzTarget, linesOf, type TargetReport } from './run.ts';

const flags = readFuzzFlags(process.argv.slice(2), process.env.INIT_CWD ?? process.cwd());
// The bootstrap has looked at them already.
if (!('inputs' in flags)) process.exit(2);

const endDatabase = flags.only.includes('graphql') ? await setup() : async () => {};
const reports: TargetReport[] = [];
try {
  for (const name of flags.only) {
    const report = await fuzzTarget(name, flags);
    reports.push(report);
    for (const line of linesOf(report)) console.log(line);
  }
} finally {
  await endDatabase();
}
if (flags.out !== undefined) await writeFile(flags.out, `${JSON.stringify(reports, null, 2)}\n`);
process.exit(reports.some(({ findings }) => findings.length > 0) ? 1 : 0);
