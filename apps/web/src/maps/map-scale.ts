import { type Planes, planeOf } from './feature-planes.ts';

/** Which values the ends of a colour scale stand for. */
export interface MapScale {
  readonly least: number;
  readonly greatest: number;
  /** Half of that width: the difference's scale goes from minus this to this, so that it is as steep. */
  readonly half: number;
}

/** Share of the values at each end that one colour may stand for, so that a few extremes do not fade all others. */
const cut = 0.002;
/** So many values, evenly taken, tell where the ends are. */
const sampled = 100_000;

/** One scale for all channels of teacher and students. */
export function sharedScale(maps: readonly Planes[]): MapScale {
  const count = maps.reduce((sum, { values }) => sum + values.length, 0);
  const every = Math.max(1, Math.ceil(count / sampled));
  const some = maps.flatMap(({ values }) =>
    Array.from({ length: Math.ceil(values.length / every) }, (_, at) => values[at * every] ?? 0),
  );
  const sorted = Float64Array.from(some).sort();
  const skipped = Math.floor(cut * sorted.length);
  return scaleOf(sorted[skipped] ?? 0, sorted[sorted.length - 1 - skipped] ?? 0);
}

/** The scale of one channel: from its least to its greatest value in teacher and students. */
export function channelScale(maps: readonly Planes[], channel: number): MapScale {
  let least = Number.POSITIVE_INFINITY;
  let greatest = Number.NEGATIVE_INFINITY;
  for (const each of maps) {
    for (const value of planeOf(each, channel)) {
      if (value < least) least = value;
      if (value > greatest) greatest = value;
    }
  }
  return scaleOf(least, greatest);
}

/** Colours of a plane's values: `from` has the first colour of the ramp, `to` the last, as what lies beyond them. */
export function paintPlane(
  plane: Float32Array,
  [from, to]: readonly [number, number],
  ramp: Uint32Array,
): Uint32Array {
  const last = ramp.length - 1;
  const factor = to > from ? last / (to - from) : 0;
  return Uint32Array.from(plane, (value) => {
    const step = factor === 0 ? last / 2 : (value - from) * factor;
    return ramp[Math.round(Math.min(last, Math.max(0, step)))] ?? 0;
  });
}

function scaleOf(least: number, greatest: number): MapScale {
  return { least, greatest, half: (greatest - least) / 2 };
}
