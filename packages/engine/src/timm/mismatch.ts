import { DomainError } from '@blockwise/contracts';
import type { NamedArrays } from '../artifacts/named-arrays.ts';
import type { ParameterSpec } from '../layers/parameter-store.ts';
import { theirShape } from './layouts.ts';

/**
 * Checks that a file's arrays are exactly those of a network, in PyTorch's shapes.
 *
 * @throws DomainError WEIGHTS_MISMATCH that lists every missing, unexpected and misshapen name
 */
export function checkArrays(specs: readonly ParameterSpec[], arrays: NamedArrays): void {
  const expected = new Set(specs.map(({ name }) => name));
  const missing = specs.flatMap(({ name }) => (arrays.has(name) ? [] : [name]));
  const unexpected = [...arrays.keys()].filter((name) => !expected.has(name));
  const misshapen = specs.flatMap((spec) => {
    const shape = arrays.get(spec.name)?.shape;
    const needed = theirShape(spec);
    if (shape === undefined || shape.join() === needed.join()) return [];
    return [`${spec.name} [${shape}] where [${needed}] is needed`];
  });
  const faults = [
    ...list('missing', missing),
    ...list('unexpected', unexpected),
    ...list('of another shape', misshapen),
  ];
  if (faults.length === 0) return;
  throw new DomainError(
    'WEIGHTS_MISMATCH',
    `This file's weights do not fit the network: ${faults.join('; ')}.`,
  );
}

function list(what: string, names: readonly string[]): string[] {
  if (names.length === 0) return [];
  return [`${names.length} ${what} (${names.join(', ')})`];
}
