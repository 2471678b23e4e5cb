import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The part of onnxruntime-node's interface that tests use. */
interface OnnxRuntime {
  readonly InferenceSession: {
    create(model: Uint8Array): Promise<{
      run(feeds: Record<string, object>): Promise<Record<string, { data: Float32Array }>>;
    }>;
  };
  readonly Tensor: new (type: 'float32', data: Float32Array, shape: number[]) => object;
}

/** Not a dependency: it has 300 MB. `npm test` installs it here once, where the registry is reached. */
const packageFolder = join(
  fileURLToPath(new URL('../../../../../node_modules/.blockwise/', import.meta.url)),
  ...['onnxruntime', 'node_modules', 'onnxruntime-node'],
);

export const onnxRuntimeMissing = existsSync(join(packageFolder, 'package.json'))
  ? null
  : 'onnxruntime-node is not installed; `npm test` does it where the npm registry is reached';

/** Logits of a model for images [count, 3, size, size]. */
export async function onnxLogits(
  model: Uint8Array,
  x: Float32Array,
  shape: number[],
): Promise<Float32Array> {
  const { InferenceSession, Tensor } = createRequire(import.meta.url)(packageFolder) as OnnxRuntime;
  const session = await InferenceSession.create(model);
  const { logits } = await session.run({ image: new Tensor('float32', x, shape) });
  if (logits === undefined) throw new Error('The model has no output named logits.');
  return logits.data;
}
