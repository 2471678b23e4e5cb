import { existsSync } from 'node:fs';
import path from 'node:path';
import { readStartFlags, startHelp } from '../../apps/local/src/flags.mjs';
import { endWithNpm } from './ancestors.mjs';
import { install } from './install.mjs';
import { root, runMain } from './run.mjs';
import { runtimeNode } from './runtime.mjs';
import { generate, generatedParts } from './steps.mjs';

/** @type {Record<string, { entry: string, parts: typeof generatedParts }>} */
const commands = {
  start: { entry: 'apps/local/src/main.ts', parts: generatedParts },
  test: { entry: 'scripts/test/main.ts', parts: generatedParts.filter((part) => !part.slow) },
  bench: {
    entry: 'packages/engine/bench/run.ts',
    parts: generatedParts.filter((part) => !part.slow),
  },
};

/**
 * Sets up what is missing, then runs the command on Node 22.
 *
 * @param {string[]} args name of the command and its flags
 * @returns {Promise<number>} exit status; 2 for a wrong flag
 */
export async function main([name = '', ...flags]) {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) return refuse(`There is no command '${name}'.`);

  if (name === 'start') {
    const read = readStartFlags(flags, process.env.INIT_CWD ?? process.cwd());
    if ('wrong' in read) return refuse(read.wrong);
    if (read.help) {
      console.log(startHelp);
      return 0;
    }
    if (read.data !== undefined && !existsSync(read.data)) {
      return refuse(`There is no folder ${read.data}.`);
    }
  } else if (flags.length > 0) {
    return refuse(
      `npm ${name === 'test' ? 'test' : `run ${name}`} takes no flags, not ${flags[0]}.`,
    );
  }

  endWithNpm();
  const ready = (await install()) && (await generate(command.parts));
  if (!ready) {
    if (name === 'test') console.log('0 passed, 1 failed, 0 skipped');
    return 1;
  }
  return await runMain(runtimeNode(), [path.join(root, command.entry), ...flags]);
}

/** @param {string} line */
function refuse(line) {
  console.error(line);
  return 2;
}
