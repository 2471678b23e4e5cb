import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
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
const folder = fileURLToPath(
  new URL('../../../../../node_modules/.blockwise/onnxruntime/', import.meta.url),
);

export const onnxRuntimeMissing = existsSync(`${folder}node_modules/onnxruntime-node/package.json`)
  ? null
  : 'onnxruntime-node is not installed; `npm test` does it where the npm registry is reached';

/** Logits of a model for images [count, 3, size, size]. */
export async function onnxLogits(
  model: Uint8Array,
  x: Float32Array,
  shape: number[],
): Promise<Float32Array> {
  const require = createRequire(`${folder}package.json`);
  const { InferenceSession, Tensor } = require('onnxruntime-node') as OnnxRuntime;
  const session = await InferenceSession.create(model);
  const { logits } = await session.run({ image: new Tensor('float32', x, shape) });
  if (logits === undefined) throw new Error('The model has no output named logits.');
  return logits.data;
}
