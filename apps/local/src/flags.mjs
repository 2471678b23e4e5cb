// JavaScript, because the bootstrap checks flags on Node 20 before anything is installed.
import path from 'node:path';

/**
 * @typedef {object} StartFlags
 * @property {'demo' | 'cifar10'} preset
 * @property {string | undefined} data absolute folder of images
 * @property {boolean} exit stop when the search ends
 * @property {number} port of the dashboard
 * @property {string | undefined} state absolute folder; `.blockwise` in the repository if undefined
 * @property {boolean} help
 */

export const startHelp = `npm start -- [flags]

Sets up everything, runs one search and shows it in the terminal and in the browser.

  --preset demo|cifar10   what to search; demo draws its own images (default demo)
  --data FOLDER           images for cifar10: train/<class>/*, test/<class>/*
  --port N                port of the dashboard (default 3000)
  --state FOLDER          where the database, logs and weights are kept (default .blockwise)
  --exit                  stop when the search ends; status 0 only if it is complete
  --help                  this text

DATABASE_URL, when set, is used instead of the embedded PostgreSQL.`;

const takesValue = new Set(['--preset', '--data', '--port', '--state']);
const switches = new Set(['--exit', '--help']);

/**
 * Reads the flags of `npm start`.
 *
 * @param {readonly string[]} args
 * @param {string} from folder that relative paths start at
 * @returns {StartFlags | { wrong: string }} `wrong` is one line for the person who typed them
 */
export function readStartFlags(args, from) {
  /** @type {Map<string, string>} */
  const given = new Map();
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    const equals = arg.startsWith('--') ? arg.indexOf('=') : -1;
    const flag = equals < 0 ? arg : arg.slice(0, equals);
    if (given.has(flag)) return { wrong: `${flag} is given twice.` };
    if (switches.has(flag)) {
      if (equals >= 0) return { wrong: `${flag} takes no value.` };
      given.set(flag, '');
    } else if (takesValue.has(flag)) {
      const next = args[at + 1];
      const value =
        equals >= 0 ? arg.slice(equals + 1) : next?.startsWith('--') ? '' : (next ?? '');
      if (value === '') return { wrong: `${flag} needs a value.` };
      if (equals < 0) at += 1;
      given.set(flag, value);
    } else {
      return { wrong: `Unknown flag ${arg}. npm start -- --help lists the flags.` };
    }
  }

  const preset = given.get('--preset') ?? 'demo';
  if (preset !== 'demo' && preset !== 'cifar10') {
    return { wrong: `--preset is demo or cifar10, not ${preset}.` };
  }
  const port = given.get('--port') ?? '3000';
  if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65_535) {
    return { wrong: `--port is a number from 1 to 65535, not ${port}.` };
  }
  const data = given.get('--data');
  const state = given.get('--state');
  const help = given.has('--help');
  if (!help && preset === 'cifar10' && data === undefined) {
    return {
      wrong: '--preset cifar10 needs --data FOLDER with train/<class>/* and test/<class>/*.',
    };
  }
  if (!help && preset === 'demo' && data !== undefined) {
    return { wrong: '--data goes with --preset cifar10; demo draws its own images.' };
  }
  return {
    preset,
    data: data === undefined ? undefined : path.resolve(from, data),
    exit: given.has('--exit'),
    port: Number(port),
    state: state === undefined ? undefined : path.resolve(from, state),
    help,
  };
}
