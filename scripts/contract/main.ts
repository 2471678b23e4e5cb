// `npm run contract`: whether a server keeps the contract of the API.

import { readContractFlags } from './flags.mjs';
import { holdServer } from './hold.ts';

const flags = readContractFlags(process.argv.slice(2), process.env);
// The bootstrap has looked at them already.
if (!('url' in flags)) process.exit(2);

try {
  const { passed, failed, skipped } = await holdServer(flags, console.log);
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  process.exitCode = failed > 0 ? 1 : 0;
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
