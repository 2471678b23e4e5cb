import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Augment } from '@blockwise/contracts';
import sharp from 'sharp';
import { eachAtOnce } from '../src/each-at-once.ts';
import { FeedPool, ImageFeed } from '../src/index.ts';
import { writePhotographs } from './photographs.ts';

/** `sharp`: that library alone; the others: batches of the pipeline, clean or augmented. */
export type DecodeWorkload = 'sharp' | 'pipeline' | 'pipeline-dna2020';

/** Something to be measured: every run gives so many images of 224 pixels. */
export interface OpenedDecoding {
  readonly images: number;
  readonly note: string;
  run(): Promise<void>;
  close(): Promise<void>;
}

const size = 224;
const scaled = 256;
const border = (scaled - size) / 2;
const perClass = 64;
const batch = 32;
/** Batches of a run. */
const batches = 8;

/** JPEG files of 500 × 375 pixels, decoded to 224 × 224, by one of the ways. */
export async function openDecoding(workload: DecodeWorkload): Promise<OpenedDecoding> {
  const folder = await mkdtemp(join(tmpdir(), 'blockwise-decode-bench-'));
  await writePhotographs(join(folder, 'images'), perClass);
  const opened =
    workload === 'sharp'
      ? await sharpAlone(join(folder, 'images', 'train'))
      : await pipeline(folder, workload === 'pipeline' ? 'none' : 'dna2020');
  return {
    ...opened,
    images: batch * batches,
    async close() {
      await opened.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** The same files read, decoded, scaled and cut as the pipeline does, and the pixels thrown away. */
async function sharpAlone(train: string) {
  sharp.cache(false);
  const files: string[] = [];
  for (const name of await readdir(train)) {
    for (const file of await readdir(join(train, name))) files.push(join(train, name, file));
  }
  // As many as the pipeline takes: with two for every core the library alone is slower.
  const atOnce = 4 * availableParallelism();
  return {
    note: `${atOnce} files at once`,
    run: () =>
      eachAtOnce(batch * batches, atOnce, async (i) => {
        const file = await readFile(files[i % files.length] as string);
        await sharp(file)
          .resize(scaled, scaled, { fit: 'cover', position: 'centre', kernel: 'cubic' })
          .extract({ left: border, top: border, width: size, height: size })
          .raw()
          .toBuffer();
      }),
    close: async () => undefined,
  };
}

async function pipeline(folder: string, augment: Augment) {
  const threads = Math.max(1, availableParallelism() - 1);
  const pool = new FeedPool(threads);
  const dataset = await pool.open({
    source: { kind: 'imageFolder', path: join(folder, 'images'), size },
    cacheFolder: join(folder, 'cache'),
    // Nothing is kept in memory: every image is decoded whenever it is used.
    memoryBytes: 0,
  });
  const feed = new ImageFeed(dataset, dataset.info, pool.connect());
  let epoch = 0;
  return {
    note: `${threads} ${threads === 1 ? 'thread' : 'threads'} augment`,
    async run() {
      epoch += 1;
      const stream = feed.stream((i) => {
        if (i === batches) return null;
        const first = (i * batch) % dataset.train.count;
        const positions = Uint32Array.from({ length: batch }, (_, at) => first + at);
        return { part: 'train', positions, draws: { augment, seed: 1, epoch } };
      });
      let images = await stream.next();
      while (images !== null) images = await stream.next(images);
      stream.close();
    },
    async close() {
      feed.close();
      await pool.close();
    },
  };
}
