// JavaScript, because the bootstrap checks flags on Node 20 before anything is installed.
import path from 'node:path';
import { faultNames } from './fault-names.mjs';

/**
 * @typedef {import('./fault-names.mjs').FaultName} FaultName
 *
 * @typedef {object} ChaosFlags
 * @property {number} rounds searches that are disturbed, one after the other
 * @property {number} seed of the first round; every further one counts on by 1
 * @property {number} faults planned for each round
 * @property {readonly FaultName[]} only what may happen
 * @property {string | undefined} out absolute file for the report as JSON
 */

export const chaosHelp = `npm run chaos -- [flags]

Runs searches on a platform of its own (PostgreSQL, api, web, two trainers, with the network between
them) while its processes are killed and paused, its network is cut and its disk is full. Afterwards
every search must be complete and equal to one that nothing happened to. docs/chaos.md says what is
checked, and what holds in earnest.

  --rounds N     searches, one after the other (default 20)
  --seed N       of the first round; a round is repeated with its seed and --rounds 1 (default 1)
  --faults N     planned for each round (default 5)
  --only A,B     nothing but these:
                 ${inLines(faultNames, 78)}
  --out FILE     the report as JSON too
  --help         this text

The exit status is 0 when every round held, 1 when one did not, 2 for a wrong flag.`;

/**
 * @param {readonly string[]} names
 * @param {number} width
 */
function inLines(names, width) {
  let lines = '';
  let line = '';
  for (const name of names) {
    if (line.length + name.length + 2 > width) {
      lines += `${line}\n                 `;
      line = '';
    }
    line += line === '' ? name : `, ${name}`;
  }
  return lines + line;
}

const counted = { '--rounds': 20, '--seed': 1, '--faults': 5 };

/**
 * @param {readonly string[]} args
 * @param {string} from where relative paths start
 * @returns {ChaosFlags | { help: true } | { wrong: string }} `wrong` is one line for a person
 */
export function readChaosFlags(args, from) {
  /** @type {Map<string, string>} */
  const given = new Map();
  for (let at = 0; at < args.length; at += 1) {
    const flag = args[at] ?? '';
    if (flag === '--help') return { help: true };
    if (!(flag in counted) && flag !== '--only' && flag !== '--out') {
      return { wrong: `Unknown flag ${flag}. npm run chaos -- --help lists the flags.` };
    }
    if (given.has(flag)) return { wrong: `${flag} is given twice.` };
    at += 1;
    const value = args[at] ?? '';
    if (value === '' || value.startsWith('--')) return { wrong: `${flag} needs a value.` };
    given.set(flag, value);
  }
  const numbers = Object.entries(counted).map(([flag, usual]) => [
    flag,
    Number(given.get(flag) ?? usual),
  ]);
  for (const [flag, value] of numbers) {
    if (!Number.isInteger(value) || Number(value) < 0 || Number(value) > 100_000) {
      return { wrong: `${flag} takes a whole number.` };
    }
  }
  const only = given.get('--only')?.split(',') ?? faultNames;
  const unknown = only.find((name) => !isFaultName(name));
  if (unknown !== undefined) return { wrong: `There is no fault '${unknown}'.` };
  const [rounds, seed, faults] = numbers.map(([, value]) => Number(value));
  const out = given.get('--out');
  return {
    rounds: rounds ?? 0,
    seed: seed ?? 0,
    faults: faults ?? 0,
    only: only.filter(isFaultName),
    out: out === undefined ? undefined : path.resolve(from, out),
  };
}

/**
 * @param {string} name
 * @returns {name is FaultName}
 */
function isFaultName(name) {
  return faultNames.some((known) => known === name);
}
