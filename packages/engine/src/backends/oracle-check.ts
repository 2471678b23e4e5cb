import type { EngineName } from '@blockwise/contracts';
import { defaultFrame } from '@blockwise/dna';
import * as tf from '@tensorflow/tfjs-core';
import type { NamedArray } from '../artifacts/named-arrays.ts';
import { Initialiser } from '../layers/initialise.ts';
import { MBConv } from '../layers/mbconv.ts';
import { fixtureNames, type MBConvFixture, readFixture } from '../layers/mbconv-fixture.ts';
import { type Parameter, ParameterStore } from '../layers/parameter-store.ts';
import { squaredErrorMean } from '../ops/squared-error-mean.ts';
import { Adam } from '../optimizer/adam.ts';
import { gradientStep } from '../optimizer/gradient-step.ts';
import { relativeError } from '../tolerance.ts';
import type { OracleReport } from './self-test-report.ts';

/**
 * The largest relative error that an engine may show against PyTorch in float32. The two that run
 * on one processor differ by the order of sums alone. A GPU's exponentials and square roots are
 * allowed some units in the last place more (WGSL, section 15.7.4), and cards since 2020 multiply
 * matrices for TensorFlow with 10 bits of mantissa unless they are told not to.
 */
export const oracleTolerance: Readonly<Record<EngineName, number>> = {
  tensorflow: 2e-3,
  webgpu: 1e-3,
  wasm: 1e-4,
  cpu: 1e-4,
};

/**
 * Holds the open engine against PyTorch: for every MBConv of `fixtures/` one whole training step,
 * forward, backward and Adam, by the code that trains.
 */
export async function checkOracle(engine: EngineName): Promise<OracleReport> {
  let worst = { error: 0, of: '' };
  for (const name of fixtureNames) {
    for (const [what, error] of await stepErrors(readFixture(name))) {
      // NaN compares with nothing: it is the worst there is.
      if (error > worst.error || Number.isNaN(error)) worst = { error, of: `${name}: ${what}` };
    }
  }
  const tolerance = oracleTolerance[engine];
  const passed = worst.error < tolerance;
  return { worstError: worst.error, worstOf: worst.of, tolerance, passed };
}

/** Relative errors of all that one training step computes, by name. */
async function stepErrors(fixture: MBConvFixture): Promise<Map<string, number>> {
  const store = new ParameterStore();
  const place = { initialiser: new Initialiser(store, 1), name: 'layer', depth: 0 };
  const { inChannels, learningRate } = fixture;
  const layer = new MBConv({ ...place, inChannels, frame: defaultFrame }, fixture.layer);
  store.write(new Map([...(await store.read(isStatistic)), ...fixture.params]));
  const input = variable(fixture.x);
  const target = tensor(fixture.target);
  const x: Parameter = {
    ...{ name: 'the input', kind: 'weight', layout: 'kernel', decay: false },
    ...{ shape: fixture.x.shape, value: input },
  };
  const optimizer = new Adam();
  const gradients = new Map<string, tf.Tensor>();
  let output: tf.Tensor | undefined;
  try {
    const loss = await gradientStep({
      parameters: [x, ...layer.weights],
      learningRate,
      optimizer: {
        apply(parameter, gradient, rate) {
          gradients.set(parameter.name, tf.keep(tf.clone(gradient)));
          if (parameter !== x) optimizer.apply(parameter, gradient, rate);
        },
        read: () => optimizer.read(),
        write: (arrays) => optimizer.write(arrays),
        dispose: () => optimizer.dispose(),
      },
      loss: (mode) => {
        const y = layer.forward(input as tf.Tensor as tf.Tensor4D, mode);
        output = tf.keep(tf.clone(y));
        return squaredErrorMean(y, target);
      },
    });
    const errors = new Map([['loss', relativeError([loss], [fixture.loss])]]);
    const compare = (what: string, actual: ArrayLike<number> | undefined, expected: NamedArray) =>
      errors.set(what, relativeError(actual ?? [], expected.data));
    compare('output', await output?.data<'float32'>(), fixture.y);
    for (const [name, expected] of [...fixture.grads, [x.name, fixture.gradX] as const]) {
      compare(`gradient of ${name}`, await gradients.get(name)?.data<'float32'>(), expected);
    }
    const after = await store.read();
    for (const [name, expected] of [...fixture.paramsAfterStep, ...fixture.statistics]) {
      compare(`${name} after the step`, after.get(name)?.data, expected);
    }
    return errors;
  } finally {
    tf.dispose([input, target, ...gradients.values(), ...(output ? [output] : [])]);
    optimizer.dispose();
    store.dispose();
  }
}

function isStatistic({ kind }: Parameter): boolean {
  return kind === 'statistic';
}

function variable(array: NamedArray): tf.Variable {
  const start = tensor(array);
  const made = tf.variable(start);
  start.dispose();
  return made;
}

function tensor({ data, shape }: NamedArray): tf.Tensor {
  return tf.tensor(data, [...shape]);
}
