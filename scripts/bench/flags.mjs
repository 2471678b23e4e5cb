// JavaScript, because the bootstrap checks flags on Node 20 before anything is installed.
import path from 'node:path';
import { benchEngines, gpuRowNames, rowNames } from './row-names.mjs';

/**
 * @typedef {import('./row-names.mjs').RowName} RowName
 * @typedef {import('./row-names.mjs').BenchEngine} BenchEngine
 *
 * @typedef {object} BenchFlags
 * @property {boolean} help
 * @property {'engines' | 'api' | 'dashboard'} subject what is measured
 * @property {boolean} quick fewer and shorter rounds
 * @property {boolean} slow plain JavaScript takes part in full steps
 * @property {boolean} gpu the large rows instead of the others
 * @property {readonly RowName[]} rows
 * @property {readonly BenchEngine[]} engines
 * @property {string} out absolute folder of bench.json and bench.md
 * @property {string | undefined} json another absolute file for the JSON
 * @property {string | undefined} markdown absolute file: a page whose table is replaced
 */

export const benchHelp = `npm run bench -- [api|dashboard] [flags]

Times training steps, ratings and searches on every engine found, and PyTorch where Python has it.
All contenders of a row take turns; ratios are of the same minutes.

  api                the API instead, on a database of its own: curves, ingestion,
                     subscribers, candidates, solve
  dashboard          the pages instead, in Chromium, on a production build: first paint of
                     10,000 searches, charts that are moved, a budget's slider
                     (both take --quick, --out, --json and --markdown)

  --quick            fewer and shorter rounds: a look, not a result
  --only ROW,…       ${rowNames.join(', ')}
                     or, with --gpu, ${gpuRowNames.join(', ')}
  --engines NAME,…   ${benchEngines.join(', ')} (default: all that are found)
  --slow             plain JavaScript (cpu) takes part in the row distil: minutes for a step
  --gpu              large steps on a GPU: webgpu, tensorflow, PyTorch's CUDA
  --out FOLDER       where bench.json and bench.md go (default .blockwise/bench)
  --json FILE        the JSON here too
  --markdown FILE    the tables here too: in a page between <!-- bench --> and <!-- /bench -->,
                     <!-- bench-api --> and <!-- bench-dashboard --> for the others
  --help             this text

BLOCKWISE_PYTHON names the Python whose PyTorch is measured (default: python3), CHROMIUM_PATH the
browser (default: /usr/bin/chromium).`;

const valued = new Set(['--only', '--engines', '--out', '--json', '--markdown']);
const switches = new Set(['--quick', '--slow', '--gpu', '--help']);

/**
 * Reads the flags of `npm run bench`.
 *
 * @param {readonly string[]} args
 * @param {{ from: string, root: string }} folders where relative paths start, and the repository
 * @returns {BenchFlags | { wrong: string }} `wrong` is one line for the person who typed them
 */
export function readBenchFlags(args, { from, root }) {
  const subject = args[0] === 'api' || args[0] === 'dashboard' ? args[0] : 'engines';
  const given = readWords(subject === 'engines' ? args : args.slice(1));
  if ('wrong' in given) return given;
  const { values } = given;
  const ofEngines = ['--only', '--engines', '--slow', '--gpu'].find((flag) => values.has(flag));
  if (subject !== 'engines' && ofEngines !== undefined) {
    return { wrong: `${subject} does not take ${ofEngines}.` };
  }
  const gpu = values.has('--gpu');
  const rows = readNames(values.get('--only'), gpu ? gpuRowNames : rowNames, '--only');
  if ('wrong' in rows) return rows;
  const engines = readNames(values.get('--engines'), benchEngines, '--engines');
  if ('wrong' in engines) return engines;
  /** @param {string} flag */
  const file = (flag) => {
    const value = values.get(flag);
    return value === undefined ? undefined : path.resolve(from, value);
  };
  return {
    help: values.has('--help'),
    subject,
    quick: values.has('--quick'),
    slow: values.has('--slow'),
    gpu,
    rows: rows.names,
    engines: engines.names,
    out: file('--out') ?? path.join(root, '.blockwise', 'bench'),
    json: file('--json'),
    markdown: file('--markdown'),
  };
}

/**
 * @param {readonly string[]} args
 * @returns {{ values: Map<string, string> } | { wrong: string }}
 */
function readWords(args) {
  /** @type {Map<string, string>} */
  const values = new Map();
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    const equals = arg.startsWith('--') ? arg.indexOf('=') : -1;
    const flag = equals < 0 ? arg : arg.slice(0, equals);
    if (values.has(flag)) return { wrong: `${flag} is given twice.` };
    if (switches.has(flag)) {
      if (equals >= 0) return { wrong: `${flag} takes no value.` };
      values.set(flag, '');
    } else if (valued.has(flag)) {
      const next = args[at + 1] ?? '';
      const value = equals >= 0 ? arg.slice(equals + 1) : next.startsWith('--') ? '' : next;
      if (value === '') return { wrong: `${flag} needs a value.` };
      if (equals < 0) at += 1;
      values.set(flag, value);
    } else {
      return { wrong: `Unknown flag ${arg}. npm run bench -- --help lists the flags.` };
    }
  }
  return { values };
}

/**
 * @template {string} Name
 * @param {string | undefined} text separated by commas; all of them unless given
 * @param {readonly Name[]} known
 * @param {string} flag
 * @returns {{ names: readonly Name[] } | { wrong: string }} in the order of `known`
 */
function readNames(text, known, flag) {
  if (text === undefined) return { names: known };
  const words = text.split(',');
  const unknown = words.find((word) => !known.some((name) => name === word));
  if (unknown !== undefined) {
    return { wrong: `${flag} takes ${known.join(', ')}, not ${unknown || 'an empty word'}.` };
  }
  return { names: known.filter((name) => words.includes(name)) };
}
