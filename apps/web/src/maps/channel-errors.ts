import { type Planes, planeOf } from './feature-planes.ts';

/** One channel of teacher and student. */
export interface ChannelError {
  readonly channel: number;
  readonly teacherMean: number;
  readonly studentMean: number;
  /** Mean of the teacher's squared values. */
  readonly energy: number;
  /** Mean |Ŷ − Y| of the channel over σ(Y) of all channels: their mean is the relative L1 loss. */
  readonly error: number;
  /** The same over σ of the teacher's channel alone; null for a channel that is the same everywhere. */
  readonly own: number | null;
}

/** How far a student's maps of one image are from its teacher's. */
export interface MapErrors {
  /** σ(Y): standard deviation of all of the teacher's values, divided by n − 1. */
  readonly deviation: number;
  /** Mean |Ŷ − Y| / σ(Y), the relative L1 loss of the rating. */
  readonly loss: number;
  /** The loss of a student that answers with the teacher's mean everywhere. */
  readonly flatLoss: number;
  readonly channels: readonly ChannelError[];
}

/** As the rating has it: keeps features without variance from dividing by zero. */
const leastDeviation = 1e-9;

export function mapErrors(teacher: Planes, student: Planes): MapErrors {
  const mean = meanOf(teacher.values);
  const deviation = deviationOf(teacher.values);
  const divisor = deviation + leastDeviation;
  const channels = Array.from({ length: teacher.channels }, (_, channel) => {
    const own = planeOf(teacher, channel);
    const missed = distance(planeOf(student, channel), own);
    const ownDeviation = deviationOf(own);
    return {
      channel,
      teacherMean: meanOf(own),
      studentMean: meanOf(planeOf(student, channel)),
      energy: own.reduce((sum, value) => sum + value ** 2, 0) / own.length,
      error: missed / divisor,
      own: ownDeviation > leastDeviation ? missed / ownDeviation : null,
    };
  });
  return {
    deviation,
    loss: distance(student.values, teacher.values) / divisor,
    flatLoss:
      teacher.values.reduce((sum, value) => sum + Math.abs(value - mean), 0) /
      (teacher.values.length * divisor),
    channels,
  };
}

/** In which order channels stand. */
export const channelOrders = ['channel', 'error', 'own', 'energy', 'gap'] as const;
export type ChannelOrder = (typeof channelOrders)[number];

/**
 * Numbers of the channels in an order: the greatest first, but for their own order. `gap` is how much further
 * the other student is; without one nothing is.
 */
export function orderedChannels(
  channels: readonly ChannelError[],
  order: ChannelOrder,
  others?: readonly ChannelError[],
): number[] {
  const value = (each: ChannelError): number => {
    switch (order) {
      case 'channel':
        return -each.channel;
      case 'error':
        return each.error;
      case 'own':
        return each.own ?? Number.NEGATIVE_INFINITY;
      case 'energy':
        return each.energy;
      case 'gap':
        return (others?.[each.channel]?.error ?? each.error) - each.error;
      default:
        return order satisfies never;
    }
  };
  return [...channels]
    .sort((a, b) => value(b) - value(a) || a.channel - b.channel)
    .map(({ channel }) => channel);
}

function meanOf(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Divided by n − 1; 0 of a single value. */
function deviationOf(values: Float32Array): number {
  if (values.length < 2) return 0;
  const mean = meanOf(values);
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1));
}

/** Mean of the absolute differences. */
function distance(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, at) => sum + Math.abs(value - (b[at] ?? Number.NaN)), 0) / a.length;
}
