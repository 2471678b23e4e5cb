import { z } from 'zod';

const imageSize = z.int().min(8).max(1024);

/** Where the images of a search come from. */
export const datasetSource = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('procedural'),
    seed: z.int().min(0).default(0),
    classes: z.int().min(2).max(16).default(10),
    size: imageSize.default(32),
    trainPerClass: z.int().min(2).max(100_000),
    testPerClass: z.int().min(1).max(100_000),
  }),
  z.strictObject({ kind: z.literal('imageFolder'), path: z.string().min(1), size: imageSize }),
  z.strictObject({ kind: z.literal('cifar10'), path: z.string().min(1) }),
]);
export type DatasetSource = z.infer<typeof datasetSource>;

/** What was found in a data set; recorded with every search. */
export const datasetInfo = z.object({
  kind: z.enum(['procedural', 'imageFolder', 'cifar10']),
  /** SHA-256 over decoded pixels, labels and class list. */
  hash: z.string(),
  classes: z.array(z.string()),
  /** Height and width in pixels. */
  size: z.int(),
  trainCount: z.int(),
  testCount: z.int(),
  /** Per channel (RGB) of the training part, in 0..1. */
  mean: z.tuple([z.number(), z.number(), z.number()]),
  std: z.tuple([z.number(), z.number(), z.number()]),
  /** Files that do not decode; they were left out. */
  rejected: z.array(z.object({ file: z.string(), reason: z.string() })),
});
export type DatasetInfo = z.infer<typeof datasetInfo>;
