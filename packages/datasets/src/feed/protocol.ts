import type { MessagePort } from 'node:worker_threads';
import type { DatasetSource } from '@blockwise/contracts';
import type { LoadProgress, OpenDataset } from '../dataset.ts';
import type { AugmentDraws } from '../fill-batch.ts';
import type { ChannelStatistics } from '../normalisation.ts';
import type { OpenOptions } from '../open-dataset.ts';
import type { FeedFailure } from './failure.ts';

/** What can be said of opening a data set between threads. */
export type OpenRequest = Pick<OpenOptions, 'cacheFolder' | 'memoryBytes' | 'check'> & {
  readonly source: DatasetSource;
};

/** Owner → worker. */
export type ToWorker =
  /** A consumer's end of a channel that the worker serves from now on. */
  | { readonly kind: 'serve'; readonly port: MessagePort }
  | { readonly kind: 'open'; readonly id: number; readonly request: OpenRequest }
  | { readonly kind: 'abort'; readonly id: number };

/** Worker → owner. */
export type FromWorker =
  | { readonly kind: 'progress'; readonly id: number; readonly progress: LoadProgress }
  | { readonly kind: 'rebuild'; readonly id: number; readonly reason: string }
  | { readonly kind: 'opened'; readonly id: number; readonly dataset: OpenDataset }
  | { readonly kind: 'failed'; readonly id: number; readonly failure: FeedFailure };

/** Consumer → worker. */
export type ToFeeder =
  | DatasetMessage
  /**
   * Memory that images are written to, told once: every message that carries it counts in the
   * worker as so much more memory to be collected.
   */
  | { readonly kind: 'memory'; readonly memory: number; readonly shared: SharedArrayBuffer }
  | FillMessage
  /** What is not begun need not be: nobody waits for it. */
  | { readonly kind: 'drop'; readonly ids: readonly number[] }
  /** That memory is not used again. */
  | { readonly kind: 'forget'; readonly memory: number };

/** The data set of all that follows. */
export interface DatasetMessage {
  readonly kind: 'dataset';
  readonly dataset: OpenDataset;
  readonly channels: ChannelStatistics;
}

/** Some images of a batch, to be written to a memory from number `from` on. */
export interface FillMessage {
  readonly kind: 'fill';
  readonly id: number;
  readonly part: 'train' | 'test';
  readonly positions: Uint32Array;
  readonly draws: AugmentDraws;
  /** Of a `memory` message: float32 [batch, size, size, 3]. */
  readonly memory: number;
  readonly from: number;
}

/** Worker → consumer. */
export type FromFeeder =
  | { readonly kind: 'filled'; readonly id: number }
  | { readonly kind: 'failed'; readonly id: number; readonly failure: FeedFailure };
