import { DomainError, type ErrorPath } from '@blockwise/contracts';
import {
  type CellChoice,
  cellAt,
  cellLayers,
  networkOf,
  opsOf,
  printLayer,
  printPath,
  type SearchSpace,
} from '@blockwise/dna';
import { under } from './input-issues.ts';
import { pathDigits } from './space-cache.ts';

/** Choices as a text: a word for every block, the number of its cell and its path: `1:02 2:0315`. */
export function printEncoding(choices: readonly CellChoice[]): string {
  return choices.map(({ cell, path }) => `${cell + 1}:${printPath(path)}`).join(' ');
}

/**
 * Reads {@link printEncoding}'s text. Where a block has one cell its number may be left out.
 *
 * @throws DomainError BAD_INPUT at `path`, saying which block is wrong
 */
export function parseEncoding(space: SearchSpace, text: string, path: ErrorPath): CellChoice[] {
  const words = text.trim().split(/[\s,]+/);
  const refuse = (message: string): never => {
    throw new DomainError('BAD_INPUT', message, { path });
  };
  if (words.length !== space.blocks.length) {
    refuse(`"${text}" has ${words.length} words for ${space.blocks.length} blocks.`);
  }
  return words.map((word, block) => {
    const [first = '', second] = word.split(':');
    const cells = space.blocks[block]?.cells.length ?? 0;
    const cell = second === undefined && cells === 1 ? 0 : Number(first) - 1;
    const digits = pathDigits(second ?? first);
    if (!Number.isInteger(cell) || cell < 0 || cell >= cells) {
      refuse(`"${word}" names no cell of block ${block + 1}, which has ${cells} (as in 1:025).`);
    }
    const { layers } = cellAt(space, block, cell);
    const ops = opsOf(space, block).length;
    if (digits.length !== layers || digits.some((op) => !(op >= 0 && op < ops))) {
      refuse(`"${word}" is no path of ${layers} layers with ${ops} operations each.`);
    }
    return { cell, path: digits };
  });
}

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
