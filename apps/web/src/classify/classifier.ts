import type { ModelFile } from './read-model-file.ts';

/** What a network answers to one image. */
export interface Answer {
  /** One for each class, in the order of the model's classes. */
  readonly logits: readonly number[];
  /** Softmax of the logits, 0 to 1. */
  readonly shares: readonly number[];
  /** From pixels to logits, without loading. */
  readonly milliseconds: number;
}

/** An exported network on the machine of whoever looks at the page. */
export interface Classifier {
  /** What it computes on: `webgl` is the graphics card, `cpu` plain JavaScript. */
  readonly backend: string;
  /**
   * @param square [imageSize, imageSize, 3], 0 to 255
   */
  classify(square: Uint8ClampedArray): Promise<Answer>;
  /** Frees its memory; it answers no more. */
  close(): void;
}

/**
 * Builds a model on the fastest back end that computes in 32-bit floats. TensorFlow.js is loaded here and
 * not before: pages without a classifier do not pay for it.
 */
export async function openClassifier({
  description: { imageSize, mean, std },
  modelTopology,
  weightSpecs,
  weightData,
}: ModelFile): Promise<Classifier> {
  const [tf, layers] = await Promise.all([
    import('@tensorflow/tfjs-core'),
    import('@tensorflow/tfjs-layers'),
  ]);
  const backend = await chooseBackend(tf);
  const model = await layers.loadLayersModel(
    tf.io.fromMemory({ modelTopology, weightSpecs, weightData }),
  );
  const run = async (values: Float32Array): Promise<number[]> => {
    const logits = tf.tidy(() => {
      const image = tf.tensor4d(values, [1, imageSize, imageSize, 3]);
      return model.predict(image) as import('@tensorflow/tfjs-core').Tensor;
    });
    try {
      return Array.from(await logits.data());
    } finally {
      logits.dispose();
    }
  };
  // The first run compiles what the later ones use.
  await run(new Float32Array(imageSize * imageSize * 3));
  return {
    backend,
    async classify(square) {
      const start = performance.now();
      const values = Float32Array.from(
        square,
        (value, at) => (value / 255 - (mean[at % 3] ?? 0)) / (std[at % 3] ?? 1),
      );
      const logits = await run(values);
      return { logits, shares: softmax(logits), milliseconds: performance.now() - start };
    },
    close: () => model.dispose(),
  };
}

async function chooseBackend(tf: typeof import('@tensorflow/tfjs-core')): Promise<string> {
  if (typeof document !== 'undefined') {
    await import('@tensorflow/tfjs-backend-webgl');
    // Many phones compute in 16-bit floats, by which close classes change places.
    const isExact = tf.env().getBool('WEBGL_RENDER_FLOAT32_CAPABLE');
    if (isExact && (await tf.setBackend('webgl'))) return 'webgl';
  }
  await import('@tensorflow/tfjs-backend-cpu');
  await tf.setBackend('cpu');
  return 'cpu';
}

/** Shares of the whole that logits stand for. */
export function softmax(logits: readonly number[]): number[] {
  const most = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - most));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}
