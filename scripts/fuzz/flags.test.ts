import { describe, expect, it } from 'vitest';
import { readFuzzFlags } from './flags.mjs';
import { targetNames } from './target-names.mjs';

const read = (...args: string[]) => readFuzzFlags(args, '/from');

describe('the flags of npm run fuzz', () => {
  it('are 20,000 inputs for everything unless told otherwise', () => {
    expect(read()).toEqual({ inputs: 20_000, seed: 1, only: targetNames, out: undefined });
  });
  it('choose targets, inputs and a file', () => {
    const flags = ['--inputs', '5', '--seed', '-3', '--only', 'image', '--out', 'fuzz.json'];
    const chosen = { inputs: 5, seed: -3, only: ['image'], out: '/from/fuzz.json' };
    expect(read(...flags)).toEqual(chosen);
  });
  it.each([
    [['--inputs'], '--inputs needs a value.'],
    [['--inputs', '0'], '--inputs takes a whole number.'],
    [['--seed', 'x'], '--seed takes a whole number.'],
    [['--only', 'image,mail'], "There is no target 'mail'."],
    [['--seed', '1', '--seed', '2'], '--seed is given twice.'],
    [['fast'], 'Unknown flag fast. npm run fuzz -- --help lists the flags.'],
  ])('refuse %j', (args, wrong) => {
    expect(read(...args)).toEqual({ wrong });
  });
});
