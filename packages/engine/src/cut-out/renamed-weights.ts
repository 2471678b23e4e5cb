import type { CellChoice, Network, SearchSpace } from '@blockwise/dna';
import type { NamedArray, NamedArrays } from '../artifacts/named-arrays.ts';
import { type NetworkNames, namesOf, stemNames } from '../layers/names.ts';
import { opName } from '../supernet.ts';

/** Everything in `from` named `start.…` is in the network named `end.…`. */
interface Move {
  readonly from: NamedArrays;
  readonly start: string;
  readonly end: string;
}

/** Where the weights of a network cut out of its cells' supernets come from. */
interface Sources {
  readonly space: SearchSpace;
  readonly choices: readonly CellChoice[];
  /** Weights of the chosen cells' supernets, by block. */
  readonly supernets: readonly NamedArrays[];
  /** A head to copy, with the network whose names it has. */
  readonly head: { readonly network: Network; readonly weights: NamedArrays } | null;
}

/** The weights that the sources have for `network`, by its names. */
export function renamedWeights(network: Network, sources: Sources): Map<string, NamedArray> {
  const arrays = new Map<string, NamedArray>();
  for (const { from, start, end } of moves(network, sources)) {
    for (const [name, array] of from) {
      if (!name.startsWith(`${start}.`)) continue;
      arrays.set(`${end}${name.slice(start.length)}`, array);
    }
  }
  return arrays;
}

function moves(network: Network, { space, choices, supernets, head }: Sources): Move[] {
  const names = namesOf(network);
  const [first = new Map<string, NamedArray>()] = supernets;
  const own = stemNames(space.stem);
  const stem = space.stem.flatMap((_, index) => [
    { from: first, start: own.stem(index), end: names.stem(index) },
  ]);
  const blocks = choices.flatMap(({ path }, block) =>
    path.map((op, layer) => ({
      from: supernets[block] ?? new Map<string, NamedArray>(),
      start: opName(layer, op),
      end: names.layer(block, layer),
    })),
  );
  return [
    { from: first, start: own.first.conv, end: names.first.conv },
    { from: first, start: own.first.norm, end: names.first.norm },
    ...stem,
    ...blocks,
    ...(head === null ? [] : headMoves(head.weights, namesOf(head.network).head, names.head)),
  ];
}

function headMoves(
  from: NamedArrays,
  theirs: NetworkNames['head'],
  ours: NetworkNames['head'],
): Move[] {
  return [
    { from, start: theirs.conv.conv, end: ours.conv.conv },
    { from, start: theirs.conv.norm, end: ours.conv.norm },
    { from, start: theirs.hidden, end: ours.hidden },
    { from, start: theirs.classifier, end: ours.classifier },
  ];
}
