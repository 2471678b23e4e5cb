import { z } from 'zod';

const folder = z.string().trim().min(1).max(4096);
/** Height and width of every image after loading, pixels. */
const size = z.int().min(8).max(1024);

/** Where a search's labelled images come from. */
export const datasetSource = z.discriminatedUnion('kind', [
  /** Images drawn by the project itself; the same numbers give the same images on every machine. */
  z.strictObject({
    kind: z.literal('procedural'),
    seed: z.int().min(0).max(2_147_483_647).default(0),
    classes: z.int().min(2).max(16).default(10),
    size: z.int().min(16).max(128).default(32),
    trainPerClass: z.int().min(2).max(20_000),
    testPerClass: z.int().min(1).max(20_000),
  }),
  /** `train/<class>/*` and `test`, `val` or `validation` beside it; scaled and centre-cropped to `size`. */
  z.strictObject({ kind: z.literal('imageFolder'), path: folder, size }),
  /** The binary version: `data_batch_1.bin` to `data_batch_5.bin` and `test_batch.bin`, 32x32. */
  z.strictObject({ kind: z.literal('cifar10'), path: folder }),
]);
export type DatasetSource = z.infer<typeof datasetSource>;

const perChannel = z.tuple([z.number(), z.number(), z.number()]);

/** What is recorded of a loaded data set beside a search. */
export const datasetInfo = z.strictObject({
  kind: z.enum(['procedural', 'imageFolder', 'cifar10']),
  /** SHA-256, hex, of decoded pixels, labels and class list: the same images have the same hash wherever they lie. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  /** Label i is `classes[i]`. */
  classes: z.array(z.string()).min(2),
  /** Height and width, pixels. */
  size: z.int().positive(),
  trainCount: z.int().positive(),
  testCount: z.int().positive(),
  /** The folder or file that the test part was read from; `generated` for the procedural set. */
  testPart: z.enum(['test', 'val', 'validation', 'test_batch.bin', 'generated']),
  /** Per channel (red, green, blue) over the training part, in 0..1. */
  mean: perChannel,
  /** Population standard deviation, like `mean`. */
  std: perChannel,
  /** Files that do not decode and were left out. */
  rejected: z.array(z.strictObject({ file: z.string(), reason: z.string() })),
});
export type DatasetInfo = z.infer<typeof datasetInfo>;
