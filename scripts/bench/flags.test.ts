import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { engineNames } from '../../packages/contracts/src/index.ts';
import { readBenchFlags } from './flags.mjs';
import { benchEngines, gpuRowNames, rowNames } from './row-names.mjs';

const folders = { from: path.resolve('here'), root: path.resolve('root') };
const read = (...args: string[]) => readBenchFlags(args, folders);

describe('readBenchFlags', () => {
  it('measures everything on everything unless told', () => {
    expect(read()).toEqual({
      ...{ help: false, subject: 'engines', quick: false, slow: false, gpu: false },
      rows: rowNames,
      engines: benchEngines,
      out: path.join(folders.root, '.blockwise', 'bench'),
      ...{ json: undefined, markdown: undefined },
    });
  });

  it('reads names in their own order, and paths from where it was typed', () => {
    expect(
      read('--only', 'solver,distil', '--engines=pytorch,wasm', '--json', 'a.json'),
    ).toMatchObject({
      rows: ['distil', 'solver'],
      engines: ['wasm', 'pytorch'],
      json: path.join(folders.from, 'a.json'),
    });
  });

  it('has other rows for GPUs', () => {
    expect(read('--gpu')).toMatchObject({ gpu: true, rows: gpuRowNames });
    expect(read('--gpu', '--only', 'solver')).toEqual({
      wrong: '--only takes distil-large, retrain-large, not solver.',
    });
  });

  it.each(['api', 'dashboard'])('measures the %s when asked', (subject) => {
    expect(read(subject, '--quick', '--json', 'a.json')).toMatchObject({
      ...{ subject, quick: true },
      json: path.join(folders.from, 'a.json'),
    });
  });

  it.each([
    [['--fast'], 'Unknown flag --fast.'],
    [['wasm'], 'Unknown flag wasm.'],
    [['api', '--engines', 'wasm'], 'api does not take --engines.'],
    [['dashboard', '--gpu'], 'dashboard does not take --gpu.'],
    [['--quick', 'api'], 'Unknown flag api.'],
    [['--quick=yes'], '--quick takes no value.'],
    [['--quick', '--quick'], '--quick is given twice.'],
    [['--json'], '--json needs a value.'],
    [['--json', '--quick'], '--json needs a value.'],
    [['--only', 'speed'], 'not speed.'],
    [['--engines', 'wasm,abacus'], 'not abacus.'],
    [['--engines', 'wasm,'], 'not an empty word.'],
  ])('refuses %j', (args, wrong) => {
    expect(read(...args)).toEqual({ wrong: expect.stringContaining(wrong) });
  });

  it('knows every engine', () => {
    expect(benchEngines.filter((name) => name !== 'pytorch')).toEqual(engineNames);
  });
});
