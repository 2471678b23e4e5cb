import type { CandidateColumns } from '@blockwise/client';
import type { CloudPoints } from '../charts/paint-points.ts';
import { pointColour } from '../charts/palette.ts';
import type { Region } from '../charts/point-cloud.tsx';
import { sequentialColours, sequentialGroups } from '../charts/sequential.ts';
import type { Cost, OpChoice, Rating } from './explorer-state.ts';
import { opAt, type PathShape } from './paths.ts';

/** Whether each path is in the rectangle and has the chosen operations. */
export function passing(
  { indices }: CandidateColumns,
  [x, y]: readonly [Float64Array, Float64Array],
  { brush, ops }: { brush: Region | null; ops: OpChoice | null },
  shape: PathShape,
): Uint8Array {
  return Uint8Array.from(indices, (index, at) => {
    const [px, py] = [x[at] ?? Number.NaN, y[at] ?? Number.NaN];
    if (brush) {
      const isIn = px >= brush.x.min && px <= brush.x.max && py >= brush.y.min && py <= brush.y.max;
      if (!isIn) return 0;
    }
    for (const [layer, chosen] of ops ?? []) {
      if (!chosen.includes(opAt(index, layer, shape))) return 0;
    }
    return 1;
  });
}

/** The cloud of all paths: those that do not pass in grey below, the best on top. */
export function cloudOf(
  columns: CandidateColumns,
  { x, y, colour }: { x: Cost; y: Rating; colour: string },
  passes: Uint8Array,
  shape: PathShape,
): { readonly points: CloudPoints; readonly colours: readonly string[] } {
  const [xs, ys] = [columns[x] ?? columns.macs, columns[y] ?? columns.loss];
  const layer = Number(/^op(\d+)$/.exec(colour)?.[1] ?? 0) - 1;
  const byOp = layer >= 0 && layer < shape.layers;
  const group = byOp
    ? Uint8Array.from(columns.indices, (index) => opAt(index, layer, shape))
    : sequentialGroups(colour === 'params' ? columns.params : columns.macs);
  const colours = byOp
    ? Array.from({ length: shape.ops }, (_, op) => pointColour(op))
    : [...sequentialColours];
  for (let at = 0; at < group.length; at++) if (!passes[at]) group[at] = colours.length;
  const byRank = new Int32Array(columns.count);
  columns.ranks.forEach((rank, at) => {
    byRank[columns.count - rank] = at;
  });
  const order = Int32Array.from([
    ...byRank.filter((at) => !passes[at]),
    ...byRank.filter((at) => passes[at]),
  ]);
  return { points: { x: xs, y: ys, group, order }, colours: [...colours, '--track'] };
}
