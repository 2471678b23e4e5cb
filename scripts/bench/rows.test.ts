import { describe, expect, it } from 'vitest';
import type { Found } from './contenders.ts';
import { planRow } from './rows.ts';

const found = (name: string, engine: Found['engine'], more: Partial<Found> = {}): Found => ({
  ...{ name, engine, command: { file: name, args: [], env: {} } },
  ...{ device: '', versions: {}, slow: false, onGpu: false, ...more },
});
const all = [
  found('tensorflow', 'tensorflow'),
  found('tensorflow, 1 thread', 'tensorflow'),
  found('wasm', 'wasm'),
  found('cpu', 'cpu', { slow: true }),
  found('pytorch', 'pytorch'),
];
const namesOf = (row: ReturnType<typeof planRow>) => row?.entries.map(({ name }) => name);

describe('planRow', () => {
  it('holds steps against wasm, and gives PyTorch the plan of the step', () => {
    const row = planRow('distil', { found: all, slow: false });
    expect(namesOf(row)).toEqual(['tensorflow', 'tensorflow, 1 thread', 'wasm', 'pytorch']);
    expect(row?.entries.map(({ against }) => against)).toEqual(['wasm', 'wasm', null, 'wasm']);
    expect(row?.entries.map(({ plan }) => plan?.batch)).toEqual([
      undefined,
      undefined,
      undefined,
      32,
    ]);
  });

  it('keeps plain JavaScript to a single image unless told', () => {
    expect(namesOf(planRow('distil-one', { found: all, slow: false }))).toContain('cpu');
    expect(namesOf(planRow('distil', { found: all, slow: true }))).toContain('cpu');
    expect(namesOf(planRow('retrain', { found: all, slow: true }))).not.toContain('cpu');
  });

  it('holds the second way against the first on the same engine', () => {
    const row = planRow('rating', { found: all, slow: false });
    expect(row?.entries.map(({ name, against }) => [name, against])).toEqual([
      ['tensorflow, shared', null],
      ['tensorflow, unshared', 'tensorflow, shared'],
      ['wasm, shared', null],
      ['wasm, unshared', 'wasm, shared'],
    ]);
  });

  it('has large steps on GPUs alone', () => {
    expect(planRow('distil-large', { found: all, slow: false })).toBeNull();
    const gpu = found('webgpu', 'webgpu', { onGpu: true });
    const row = planRow('distil-large', { found: [...all, gpu], slow: false });
    expect(row?.entries).toMatchObject([{ name: 'webgpu', against: null }]);
  });
});
