import { existsSync } from 'node:fs';
import path from 'node:path';
import { decodingThreads } from '../../apps/local/src/decoding-threads.mjs';
import { readStartFlags, startHelp } from '../../apps/local/src/flags.mjs';
import { refusePort } from '../../apps/local/src/port.mjs';
import { backupHelp, readBackupFlags } from '../backup/flags.mjs';
import { benchHelp, readBenchFlags } from '../bench/flags.mjs';
import { chaosHelp, readChaosFlags } from '../chaos/flags.mjs';
import { contractHelp, readContractFlags } from '../contract/flags.mjs';
import { doctorHelp, readDoctorFlags } from '../doctor/flags.mjs';
import { fuzzHelp, readFuzzFlags } from '../fuzz/flags.mjs';
import { nativeHelp, readNativeFlags } from '../native/flags.mjs';
import { endWithNpm } from './ancestors.mjs';
import { install } from './install.mjs';
import { root, runMain } from './run.mjs';
import { runtimeNode } from './runtime.mjs';
import { generate, generatedParts } from './steps.mjs';

/** Where the command was typed; npm itself goes to the root. */
const callerFolder = process.env.INIT_CWD ?? process.cwd();
const quickParts = generatedParts.filter((part) => !part.slow);

/**
 * @typedef {object} Command
 * @property {string} entry
 * @property {typeof generatedParts | ((flags: string[]) => typeof generatedParts)} parts what has to
 *   be generated for it
 * @property {string[]} [args] that come before the flags
 * @property {string} cwd
 * @property {Record<string, string>} [env] what its environment has beside ours
 * @property {(flags: string[]) => Promise<number | undefined>} check exit status when there is
 *   nothing to be run, found out before anything is installed
 */

/** @type {Record<string, Command>} */
const commands = {
  start: {
    entry: 'apps/local/src/main.ts',
    parts: generatedParts,
    cwd: root,
    check: checkStart,
  },
  test: {
    entry: 'scripts/test/main.ts',
    parts: quickParts,
    cwd: root,
    check: async ([flag]) => refuseFlag('npm test', flag),
  },
  bench: {
    entry: 'scripts/bench/main.ts',
    // Of the benches only this one shows pages.
    parts: ([subject]) => (subject === 'dashboard' ? generatedParts : quickParts),
    cwd: root,
    check: checkBench,
  },
  contract: {
    entry: 'scripts/contract/main.ts',
    // It speaks to the API alone.
    parts: [],
    cwd: callerFolder,
    check: checkContract,
  },
  backup: backupCommand('backup'),
  restore: backupCommand('restore'),
  chaos: {
    entry: 'scripts/chaos/main.ts',
    parts: generatedParts,
    cwd: root,
    check: checkChaos,
  },
  fuzz: {
    entry: 'scripts/fuzz/main.ts',
    parts: quickParts,
    cwd: root,
    check: checkFuzz,
  },
  native: {
    entry: 'scripts/native/main.ts',
    // The self-test times the engine wasm beside it.
    parts: generatedParts.filter(({ name }) => name === 'training-kernels'),
    cwd: root,
    check: checkNative,
  },
  doctor: {
    entry: 'scripts/doctor/main.ts',
    parts: generatedParts.filter(({ name }) => name === 'training-kernels'),
    cwd: root,
    check: checkDoctor,
  },
  trainer: {
    entry: 'apps/trainer/src/main.ts',
    parts: quickParts,
    cwd: callerFolder,
    env: decodingThreads(process.env),
    // It reads its flags and variables itself.
    check: async () => undefined,
  },
  blockwise: {
    entry: 'packages/client/src/cli/main.ts',
    parts: generatedParts.filter(({ name }) => name === 'api-client'),
    cwd: callerFolder,
    // It reads its flags itself.
    check: async () => undefined,
  },
  migrate: {
    entry: 'packages/db/scripts/migrate.ts',
    parts: [],
    cwd: root,
    check: async ([flag]) => refuseFlag('npm run migrate', flag),
  },
  sbom: {
    entry: 'scripts/supply/main.ts',
    parts: [],
    cwd: callerFolder,
    check: async ([file, more]) =>
      more !== undefined || file?.startsWith('-')
        ? refuse('npm run sbom takes one file to write, or nothing.')
        : undefined,
  },
  sweep: {
    entry: 'apps/api/src/sweep.ts',
    parts: [],
    cwd: root,
    check: async ([flag]) => (flag === '--force' ? undefined : refuseFlag('npm run sweep', flag)),
  },
  'docs:schema': schemaCommand('docs:schema', 'apps/api/src/schema-page/write.ts'),
  'release:schema': schemaCommand('release:schema', 'apps/api/src/released/write.ts'),
};

/**
 * @param {'backup' | 'restore'} action
 * @returns {Command}
 */
function backupCommand(action) {
  return {
    entry: 'scripts/backup/main.ts',
    args: [action],
    parts: generatedParts.filter(({ name }) => name === 'database-client'),
    cwd: root,
    check: async (flags) => {
      const read = readBackupFlags(action, flags, callerFolder);
      if ('wrong' in read) return refuse(read.wrong);
      if (!('help' in read)) return undefined;
      console.log(backupHelp);
      return 0;
    },
  };
}

/**
 * A command without flags that writes a file which is made from the schema.
 *
 * @param {string} name
 * @param {string} entry
 * @returns {Command}
 */
function schemaCommand(name, entry) {
  return {
    entry,
    parts: generatedParts.filter((part) => part.name === 'database-client'),
    cwd: root,
    check: async ([flag]) => refuseFlag(`npm run ${name}`, flag),
  };
}

/**
 * Sets up what is missing, then runs the command on Node 22.
 *
 * @param {string[]} args name of the command and its flags
 * @returns {Promise<number>} exit status; 2 for a wrong flag
 */
export async function main([name = '', ...flags]) {
  // The command line itself speaks to the API alone; engines are the trainer's.
  if (name === 'blockwise' && ['doctor', 'trainer'].includes(flags[0] ?? '')) return main(flags);
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) return refuse(`There is no command '${name}'.`);
  const status = await command.check(flags);
  if (status !== undefined) return status;

  endWithNpm();
  const parts = typeof command.parts === 'function' ? command.parts(flags) : command.parts;
  const ready = (await install()) && (await generate(parts));
  if (!ready) {
    if (name === 'test') console.log('0 passed, 1 failed, 0 skipped');
    return 1;
  }
  return await runMain(
    runtimeNode(),
    [path.join(root, command.entry), ...(command.args ?? []), ...flags],
    command,
  );
}

/** @param {string[]} flags */
async function checkStart(flags) {
  const read = readStartFlags(flags, callerFolder);
  if ('wrong' in read) return refuse(read.wrong);
  if (read.help) {
    console.log(startHelp);
    return 0;
  }
  if (read.data !== undefined && !existsSync(read.data)) {
    return refuse(`There is no folder ${read.data}.`);
  }
  const refusal = await refusePort(read.port);
  return refusal === undefined ? undefined : refuse(refusal);
}

/** @param {string[]} flags */
async function checkNative(flags) {
  const read = readNativeFlags(flags, callerFolder);
  if ('wrong' in read) return refuse(read.wrong);
  if (read.action !== 'help') return undefined;
  console.log(nativeHelp);
  return 0;
}

/** @param {string[]} flags */
async function checkBench(flags) {
  const read = readBenchFlags(flags, { from: callerFolder, root });
  if ('wrong' in read) return refuse(read.wrong);
  if (!read.help) return undefined;
  console.log(benchHelp);
  return 0;
}

/** @param {string[]} flags */
async function checkChaos(flags) {
  const read = readChaosFlags(flags, callerFolder);
  if ('wrong' in read) return refuse(read.wrong);
  if (!('help' in read)) return undefined;
  console.log(chaosHelp);
  return 0;
}

/** @param {string[]} flags */
async function checkContract(flags) {
  const read = readContractFlags(flags, process.env);
  if ('wrong' in read) return refuse(read.wrong);
  if (!('help' in read)) return undefined;
  console.log(contractHelp);
  return 0;
}

/** @param {string[]} flags */
async function checkFuzz(flags) {
  const read = readFuzzFlags(flags, callerFolder);
  if ('wrong' in read) return refuse(read.wrong);
  if (!('help' in read)) return undefined;
  console.log(fuzzHelp);
  return 0;
}

/** @param {string[]} flags */
async function checkDoctor(flags) {
  const read = readDoctorFlags(flags);
  if ('wrong' in read) return refuse(read.wrong);
  if (!read.help) return undefined;
  console.log(doctorHelp);
  return 0;
}

/**
 * @param {string} command
 * @param {string | undefined} flag
 */
function refuseFlag(command, flag) {
  return flag === undefined ? undefined : refuse(`${command} takes no flags, not ${flag}.`);
}

/** @param {string} line */
function refuse(line) {
  console.error(line);
  return 2;
}
