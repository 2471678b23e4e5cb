import type { CandidateColumns } from '@blockwise/client';

/** How the paths of a cell are counted. */
export interface PathShape {
  readonly layers: number;
  /** Operations that each layer may have. */
  readonly ops: number;
}

/** Which operation a layer (from 0) of the path with an index has. */
export function opAt(index: number, layer: number, { layers, ops }: PathShape): number {
  return Math.floor(index / ops ** (layers - 1 - layer)) % ops;
}

/** The path with another operation at a layer. */
export function withOp(index: number, layer: number, op: number, shape: PathShape): number {
  return index + (op - opAt(index, layer, shape)) * shape.ops ** (shape.layers - 1 - layer);
}

/** Index of a path as the API writes it: a base-36 digit for each layer. */
export function indexOfPath(path: string, { ops }: PathShape): number {
  return [...path].reduce((index, digit) => index * ops + Number.parseInt(digit, 36), 0);
}

/** A path as the API writes it. */
export function pathOfIndex(index: number, shape: PathShape): string {
  return Array.from({ length: shape.layers }, (_, layer) =>
    opAt(index, layer, shape).toString(36),
  ).join('');
}

/** Of the best paths, a share (0 to 1) of all: how often each layer has each operation, 0 to 1. */
export function opShares(
  { indices, ranks, count }: Pick<CandidateColumns, 'indices' | 'ranks' | 'count'>,
  share: number,
  shape: PathShape,
): number[][] {
  const most = Math.max(1, Math.round(share * count));
  const counts = Array.from({ length: shape.layers }, () => new Array<number>(shape.ops).fill(0));
  for (let at = 0; at < count; at++) {
    if ((ranks[at] ?? 0) > most) continue;
    counts.forEach((own, layer) => {
      const op = opAt(indices[at] ?? 0, layer, shape);
      own[op] = (own[op] ?? 0) + 1;
    });
  }
  return counts.map((own) => own.map((each) => each / most));
}

/** A path that differs from the best at one layer (from 0). */
export interface Neighbour {
  readonly at: number;
  readonly layer: number;
  readonly op: number;
  /** How much worse its rating is. */
  readonly gap: number;
}

/** The best path's neighbours, the nearest rating first; empty without ratings. */
export function neighboursOfBest(columns: CandidateColumns, shape: PathShape): Neighbour[] {
  const { indices, ranks, loss } = columns;
  const best = ranks.indexOf(1);
  const index = indices[best];
  if (index === undefined) return [];
  const places = new Map(Array.from(indices, (each, at) => [each, at]));
  const found: Neighbour[] = [];
  for (let layer = 0; layer < shape.layers; layer++) {
    for (let op = 0; op < shape.ops; op++) {
      if (op === opAt(index, layer, shape)) continue;
      const at = places.get(withOp(index, layer, op, shape));
      if (at === undefined) continue;
      found.push({ at, layer, op, gap: (loss[at] ?? 0) - (loss[best] ?? 0) });
    }
  }
  return found.sort((a, b) => a.gap - b.gap);
}

/** Positions of the paths that no cheaper one beats, by cost. */
export function frontOf(cost: Float64Array, loss: Float64Array): number[] {
  const order = Array.from(cost, (_, at) => at).sort(
    (a, b) => (cost[a] ?? 0) - (cost[b] ?? 0) || (loss[a] ?? 0) - (loss[b] ?? 0),
  );
  const front: number[] = [];
  let least = Number.POSITIVE_INFINITY;
  for (const at of order) {
    const own = loss[at] ?? Number.NaN;
    if (!(own < least)) continue;
    least = own;
    front.push(at);
  }
  return front;
}
