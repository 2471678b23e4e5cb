import { maxSamples } from '@blockwise/contracts';
import type { LabelledImages } from '../dataset.ts';

/**
 * Positions of the images that stand for a part, at most 64: as many of every class as go, its first
 * ones, class by class. Of more than 64 classes those evenly spread over the list, with one image each.
 * No chance is in it, so the same images are always taken.
 */
export function samplePositions(
  { count, labels }: Pick<LabelledImages, 'count' | 'labels'>,
  classes: number,
): Uint32Array {
  const shown = Math.min(classes, maxSamples);
  const places = new Map(
    Array.from({ length: shown }, (_, i) => [Math.floor((i * classes) / shown), i] as const),
  );
  const most = Math.ceil(maxSamples / shown);
  const firsts: number[][] = Array.from({ length: shown }, () => []);
  for (let position = 0; position < count; position++) {
    const place = places.get(labels[position] ?? -1);
    const own = place === undefined ? undefined : firsts[place];
    if (own !== undefined && own.length < most) own.push(position);
  }
  const byTurns = Array.from({ length: most }, (_, turn) =>
    firsts.flatMap((own, place) => {
      const position = own[turn];
      return position === undefined ? [] : [{ place, position }];
    }),
  ).flat();
  const taken = byTurns.slice(0, maxSamples);
  return Uint32Array.from(
    taken.sort((a, b) => a.place - b.place || a.position - b.position),
    ({ position }) => position,
  );
}
