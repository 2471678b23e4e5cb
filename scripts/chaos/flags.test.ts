import { describe, expect, it } from 'vitest';
import { faultNames } from './fault-names.mjs';
import { readChaosFlags } from './flags.mjs';

const read = (...args: string[]) => readChaosFlags(args, '/from');

describe('the flags of npm run chaos', () => {
  it('are 20 rounds of everything unless told otherwise', () => {
    expect(read()).toEqual({ rounds: 20, seed: 1, faults: 5, only: faultNames, out: undefined });
  });
  it('repeat one round by its seed', () => {
    expect(read('--rounds', '1', '--seed', '17', '--only', 'kill-api,fill-disk')).toMatchObject({
      rounds: 1,
      seed: 17,
      only: ['kill-api', 'fill-disk'],
    });
  });
  it('name a file from where they were typed', () => {
    expect(read('--out', 'a/chaos.json')).toMatchObject({ out: '/from/a/chaos.json' });
  });
  it.each([
    [['--rounds'], '--rounds needs a value.'],
    [['--rounds', 'ten'], '--rounds takes a whole number.'],
    [['--faults', '-1'], '--faults takes a whole number.'],
    [['--only', 'flood'], "There is no fault 'flood'."],
    [['--seed', '1', '--seed', '2'], '--seed is given twice.'],
    [['--fast'], 'Unknown flag --fast. npm run chaos -- --help lists the flags.'],
  ])('refuse %j', (args, wrong) => {
    expect(read(...args)).toEqual({ wrong });
  });
});
