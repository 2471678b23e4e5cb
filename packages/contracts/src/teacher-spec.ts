import { z } from 'zod';
import { isPickleName } from './pickle-name.ts';
import { trainingSpec } from './training-spec.ts';

/** No pickle, whose content only the trainers see: they refuse one under another name. */
const file = z
  .string()
  .trim()
  .min(1)
  .max(4096)
  .refine((path) => !isPickleName(path), {
    message:
      'this is the name of a Python pickle, which is never opened: save the weights as safetensors ' +
      '(safetensors.torch.save_file)',
  });
/** A network in the grammar, or the name of a published one (`tf_efficientnet_b7`, `resnet50`). */
const architecture = z.string().trim().min(1);

export const teacherSpec = z.discriminatedUnion('kind', [
  /** Trained by a job on the search's data set. */
  z.strictObject({ kind: z.literal('train'), architecture, training: trainingSpec }),
  /** The teacher of an earlier search on the same classes and image size. */
  z.strictObject({ kind: z.literal('search'), searchId: z.string().min(1) }),
  /** A safetensors file with timm's parameter names, on the trainers' disks. */
  z.strictObject({
    kind: z.literal('timm'),
    architecture,
    file,
    /** Fine-tunes it on the search's data first, with a new classifier where the classes differ. */
    training: trainingSpec.nullable().default(null),
  }),
  /** A TensorFlow.js LayersModel: the path of its `model.json` on the trainers' disks. */
  z.strictObject({
    kind: z.literal('layersModel'),
    file,
    /** Names of the layers after which the blocks end, first the stem's; the last is the last block's. */
    cuts: z.array(z.string().min(1)).min(2).max(65),
  }),
  /** A network that an earlier search found, scaled (DNA+); unscaled it keeps its weights. */
  z.strictObject({
    kind: z.literal('network'),
    networkId: z.string().min(1),
    width: z.number().min(0.1).max(10).default(1),
    depth: z.number().min(0.1).max(10).default(1),
    /** Needed where the network is scaled. */
    training: trainingSpec.nullable().default(null),
  }),
]);
export type TeacherSpec = z.infer<typeof teacherSpec>;
