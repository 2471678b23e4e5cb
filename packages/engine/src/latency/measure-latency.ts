import { setImmediate } from 'node:timers/promises';
import { DomainError } from '@blockwise/contracts';
import { defaultFrame, type Frame, type LatencyItem } from '@blockwise/dna';
import * as tf from '@tensorflow/tfjs-core';
import { buildPiece, type Piece } from './piece.ts';

export interface LatencyOptions {
  /** Images at once. */
  readonly batch: number;
  /** Evaluations of each item that are timed, after two that are not. */
  readonly repeats: number;
  /** The space's; PyTorch's unless told. */
  readonly frame?: Frame;
  readonly onProgress?: (progress: { done: number; total: number }) => void;
  /** Asked before every item. */
  readonly shouldStop?: () => boolean;
}

/** Evaluations that only bring code and memory into place. */
const warmups = 2;

/**
 * Milliseconds that the active engine takes for one image, by the items' keys: the median of the
 * repeats, over the batch. Weights are random; nothing but their number decides the time. The event
 * loop gets a turn between items.
 *
 * @throws DomainError CANCELLED when told to stop
 */
export async function measureLatency(
  items: readonly LatencyItem[],
  options: LatencyOptions,
): Promise<Record<string, number>> {
  const { batch, frame = defaultFrame, onProgress, shouldStop } = options;
  const milliseconds: Record<string, number> = {};
  for (const [index, item] of items.entries()) {
    await setImmediate();
    if (shouldStop?.() === true) {
      throw new DomainError('CANCELLED', 'The measurement of latency was cancelled.');
    }
    const piece = buildPiece(item, batch, frame);
    try {
      milliseconds[item.key] = (await medianTime(piece, options)) / batch;
    } finally {
      piece.dispose();
    }
    onProgress?.({ done: index + 1, total: items.length });
  }
  return milliseconds;
}

async function medianTime(piece: Piece, { repeats }: LatencyOptions): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < warmups + repeats; run++) {
    const start = performance.now();
    await finished(piece.run());
    if (run >= warmups) times.push(performance.now() - start);
  }
  return median(times);
}

/** Waits for a result by reading one element: all of it would be copied. */
async function finished(result: tf.Tensor): Promise<void> {
  const one = tf.tidy(() => tf.slice(tf.reshape(result, [result.size]), 0, 1));
  result.dispose();
  await one.data();
  one.dispose();
}

/** Of an even number, the mean of the two in the middle. */
function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  if (low === undefined || high === undefined) throw new Error('There is nothing to measure.');
  return (low + high) / 2;
}
