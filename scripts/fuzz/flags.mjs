// JavaScript, because the bootstrap checks flags on Node 20 before anything is installed.
import path from 'node:path';
import { targetNames } from './target-names.mjs';

/**
 * @typedef {import('./target-names.mjs').TargetName} TargetName
 *
 * @typedef {object} FuzzFlags
 * @property {number} inputs for each target
 * @property {number} seed
 * @property {readonly TargetName[]} only
 * @property {string | undefined} out absolute file for the counts as JSON
 */

export const fuzzHelp = `npm run fuzz -- [flags]

Feeds what reads foreign input with made-up and damaged input. Every one has to be taken or refused
with a code and a reason, soon; anything else is a finding, and is shown with what made it.

  --inputs N     for each target (default 20000)
  --seed N       other inputs (default 1)
  --only A,B     nothing but these: ${targetNames.slice(0, 4).join(', ')},
                 ${targetNames.slice(4).join(', ')}
  --out FILE     the counts as JSON too
  --help         this text

The exit status is 0 when nothing was found, 1 when something was, 2 for a wrong flag.`;

const flagNames = ['--inputs', '--seed', '--only', '--out'];

/**
 * @param {readonly string[]} args
 * @param {string} from where relative paths start
 * @returns {FuzzFlags | { help: true } | { wrong: string }} `wrong` is one line for a person
 */
export function readFuzzFlags(args, from) {
  /** @type {Map<string, string>} */
  const given = new Map();
  for (let at = 0; at < args.length; at += 2) {
    const flag = args[at] ?? '';
    if (flag === '--help') return { help: true };
    if (!flagNames.includes(flag)) {
      return { wrong: `Unknown flag ${flag}. npm run fuzz -- --help lists the flags.` };
    }
    if (given.has(flag)) return { wrong: `${flag} is given twice.` };
    const value = args[at + 1] ?? '';
    if (value === '' || value.startsWith('--')) return { wrong: `${flag} needs a value.` };
    given.set(flag, value);
  }
  const inputs = Number(given.get('--inputs') ?? 20_000);
  const seed = Number(given.get('--seed') ?? 1);
  if (!Number.isInteger(inputs) || inputs < 1) return { wrong: '--inputs takes a whole number.' };
  if (!Number.isInteger(seed)) return { wrong: '--seed takes a whole number.' };
  const only = given.get('--only')?.split(',') ?? targetNames;
  const unknown = only.find((name) => !isTargetName(name));
  if (unknown !== undefined) return { wrong: `There is no target '${unknown}'.` };
  const out = given.get('--out');
  return {
    inputs,
    seed,
    only: only.filter(isTargetName),
    out: out === undefined ? undefined : path.resolve(from, out),
  };
}

/**
 * @param {string} name
 * @returns {name is TargetName}
 */
function isTargetName(name) {
  return targetNames.some((known) => known === name);
}
