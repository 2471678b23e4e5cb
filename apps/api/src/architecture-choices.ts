import { DomainError, type ErrorPath } from '@blockwise/contracts';
import {
  type CellChoice,
  cellAt,
  cellLayers,
  networkOf,
  opsOf,
  printLayer,
  type SearchSpace,
} from '@blockwise/dna';
import { under } from './input-issues.ts';

/**
 * The choices that make a network, which has to be one of the space.
 *
 * @throws DomainError SPACE_SYNTAX or BAD_INPUT at `path`
 */
export function choicesOfArchitecture(
  space: SearchSpace,
  text: string,
  path: ErrorPath,
): CellChoice[] {
  const network = under(path, () => networkOf(text));
  const missing = (what: string): never => {
    throw new DomainError('BAD_INPUT', `The network is none of this search space: ${what}.`, {
      path,
    });
  };
  if (network.blocks.length !== space.blocks.length) {
    missing(`it has ${network.blocks.length} blocks, the space ${space.blocks.length}`);
  }
  for (const part of ['frame', 'stem', 'head'] as const) {
    if (JSON.stringify(network[part]) !== JSON.stringify(space[part])) {
      missing(`its ${part} is another one`);
    }
  }
  return network.blocks.map((layers, block) => {
    const words = layers.map(printLayer);
    const choices = (space.blocks[block]?.cells ?? []).flatMap((_, cell) => {
      const found = pathOf(space, block, cell, words);
      return found === undefined ? [] : [{ cell, path: found }];
    });
    return choices[0] ?? missing(`no cell of block ${block + 1} makes ${words.join(' ')}`);
  });
}

/** The path of a cell whose layers print as given. */
function pathOf(
  space: SearchSpace,
  block: number,
  cell: number,
  words: readonly string[],
): number[] | undefined {
  const { layers, channels } = cellAt(space, block, cell);
  if (layers !== words.length) return undefined;
  const printed = opsOf(space, block).map((_, op) =>
    cellLayers(space, block, cell, new Array<number>(layers).fill(op), channels).map(printLayer),
  );
  const path = words.map((word, layer) => printed.findIndex((own) => own[layer] === word));
  return path.includes(-1) ? undefined : path;
}
