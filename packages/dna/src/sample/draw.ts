import { pathFromIndex } from '../paths.ts';
import type { Random } from '../random.ts';
import type { CellChoice, SearchSpace } from '../types.ts';
import { type Arc, type MacsGraph, pathsAt, stepLimit } from './macs-graph.ts';

/** One path of one cell for every block. */
export type Walk = { cell: number; path: number }[];

export function choicesOf(space: SearchSpace, walk: Walk): CellChoice[] {
  return walk.map(({ cell, path }, block) => ({
    cell,
    path: pathFromIndex(space, block, cell, path),
  }));
}

/** How many networks have each sum of steps from `first` to `last`. */
export function waysBetween({ counts }: MacsGraph, first: number, last: number): Float64Array {
  return (counts[0]?.[0] ?? new Float64Array()).slice(Math.max(0, first), Math.max(0, last + 1));
}

/** A network drawn uniformly from those whose steps sum to `sum`, of which there must be some. */
export function drawWithSum({ arcs, counts }: MacsGraph, sum: number, random: Random): Walk {
  let state = 0;
  let left = sum;
  return arcs.map((states, block) => {
    const options = (states[state] ?? []).flatMap((arc) => optionsOf(arc, counts[block + 1], left));
    const { arc, step } = pick(options, ({ ways }) => ways, random);
    const place = (arc.starts[step] ?? 0) + random.int(pathsAt(arc, step));
    state = arc.to;
    left -= step;
    return { cell: arc.cell, path: arc.paths[place] ?? 0 };
  });
}

/** Every network whose steps sum to `sum`. */
export function* allWithSum({ arcs, counts }: MacsGraph, sum: number): Generator<Walk> {
  function* from(block: number, state: number, left: number, walk: Walk): Generator<Walk> {
    if (block === arcs.length) {
      yield walk;
      return;
    }
    for (const arc of arcs[block]?.[state] ?? []) {
      for (const { step } of optionsOf(arc, counts[block + 1], left)) {
        for (const path of arc.paths.subarray(arc.starts[step], arc.starts[step + 1])) {
          yield* from(block + 1, arc.to, left - step, [...walk, { cell: arc.cell, path }]);
        }
      }
    }
  }
  yield* from(0, 0, sum, []);
}

/** One of the items, each with a probability in proportion to its weight. */
export function pick<T>(items: Iterable<T>, weightOf: (item: T) => number, random: Random): T {
  const list = [...items].filter((item) => weightOf(item) > 0);
  let at = random.next() * list.reduce((sum, item) => sum + weightOf(item), 0);
  const found = list.find((item) => {
    at -= weightOf(item);
    return at < 0;
  });
  // Rounding of the sum may leave a remainder at the end.
  const picked = found ?? list.at(-1);
  if (picked === undefined) {
    throw new Error('there is nothing to draw from');
  }
  return picked;
}

/** Steps of an arc after which the rest can still come to the sum, with the number of ways. */
function optionsOf(arc: Arc, after: readonly Float64Array[] | undefined, left: number) {
  const rest = after?.[arc.to] ?? new Float64Array();
  const options: { arc: Arc; step: number; ways: number }[] = [];
  for (let step = 0; step < stepLimit(arc) && step <= left; step++) {
    const ways = pathsAt(arc, step) * (rest[left - step] ?? 0);
    if (ways > 0) {
      options.push({ arc, step, ways });
    }
  }
  return options;
}
