import { z } from 'zod';

const weightSpec = z.object({
  name: z.string(),
  shape: z.array(z.int().min(0)),
  dtype: z.enum(['float32', 'int32', 'bool']),
  quantization: z
    .object({
      dtype: z.enum(['uint8', 'uint16', 'float16']),
      scale: z.number().optional(),
      min: z.number().optional(),
    })
    .optional(),
  group: z.enum(['model', 'optimizer']).optional(),
});
export type WeightSpec = z.infer<typeof weightSpec>;

/** The part in use of the `model.json` of a TensorFlow.js LayersModel. */
export const modelJson = z.object({
  /** Missing in files of older versions. */
  format: z.literal('layers-model').optional(),
  modelTopology: z.record(z.string(), z.unknown()),
  weightsManifest: z.array(
    z.object({ paths: z.array(z.string().min(1)), weights: z.array(weightSpec) }),
  ),
});
export type ModelJson = z.infer<typeof modelJson>;
