import { unzipSync } from 'fflate';
import { z } from 'zod';

const description = z.object({
  classes: z.array(z.string()),
  imageSize: z.number().int().positive(),
  mean: z.array(z.number()).length(3),
  std: z.array(z.number()).length(3),
});

const model = z.object({
  modelTopology: z.record(z.string(), z.unknown()),
  weightsManifest: z.array(
    z.object({
      paths: z.array(z.string()),
      weights: z.array(
        z.object({ name: z.string(), shape: z.array(z.number()), dtype: z.literal('float32') }),
      ),
    }),
  ),
});

/** What an exported network says of itself: what enters it and what its logits stand for. */
export type ModelDescription = z.infer<typeof description>;

/** An exported TensorFlow.js model, out of its archive. */
export interface ModelFile {
  readonly description: ModelDescription;
  readonly modelTopology: Record<string, unknown>;
  readonly weightSpecs: { name: string; shape: number[]; dtype: 'float32' }[];
  readonly weightData: ArrayBuffer;
}

/**
 * Reads the archive of an exported network in the format TFJS.
 *
 * @throws Error where a file is missing or is not what it should be
 */
export function readModelFile(archive: Uint8Array): ModelFile {
  const files = unzipSync(archive);
  const file = (name: string): Uint8Array => {
    const found = files[name];
    if (found === undefined) throw new Error(`The archive has no ${name}.`);
    return found;
  };
  const json = (name: string): unknown => JSON.parse(new TextDecoder().decode(file(name)));
  const { modelTopology, weightsManifest } = model.parse(json('model.json'));
  const shards = weightsManifest.flatMap(({ paths }) => paths.map(file));
  const weights = new Uint8Array(shards.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const shard of shards) {
    weights.set(shard, offset);
    offset += shard.length;
  }
  return {
    description: description.parse(json('network.json')),
    modelTopology,
    weightSpecs: weightsManifest.flatMap((group) => group.weights),
    weightData: weights.buffer,
  };
}
