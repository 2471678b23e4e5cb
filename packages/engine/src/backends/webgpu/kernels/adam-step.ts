import * as tf from '@tensorflow/tfjs-core';
import type { AdamStepAttributes } from '../../../ops/adam-step.ts';
import { runPointwise } from './pointwise.ts';
import type { Uniform } from './program.ts';

/** Three programs in place of fourteen; the numbers of a step are uniforms, so none recompiles. */
export const adamStep: tf.KernelFunc = ({ inputs, attrs, backend }) => {
  const { param, m, v } = inputs as Record<'param' | 'm' | 'v', tf.Variable>;
  const grad = inputs.grad as tf.TensorInfo;
  const { learningRate, beta1, beta2, epsilon, step, weightDecay, decoupledDecay } =
    attrs as unknown as AdamStepAttributes;
  const gradient = '(grad[i] + uniforms.decay * param[i])';
  const moment = (key: string, old: tf.TensorInfo, beta: number, value: string) =>
    runPointwise(backend, {
      ...{ key: `adam ${key}`, inputs: { param, grad, old }, outputShape: param.shape },
      uniforms: { decay: number(weightDecay), keep: number(beta), take: number(1 - beta) },
      value: `uniforms.keep * old[i] + uniforms.take * ${value}`,
    });
  const m1 = moment('m', m, beta1, gradient);
  const v1 = moment('v', v, beta2, `${gradient} * ${gradient}`);
  const moved = runPointwise(backend, {
    ...{ key: 'adam param', inputs: { param, m1, v1 }, outputShape: param.shape },
    uniforms: {
      shrink: number(1 - learningRate * decoupledDecay),
      rate: number(learningRate / (1 - beta1 ** step)),
      correction: number(1 / (1 - beta2 ** step)),
      epsilon: number(epsilon),
    },
    value: `uniforms.shrink * param[i] - uniforms.rate * m1[i] /
      (sqrt(v1[i] * uniforms.correction) + uniforms.epsilon)`,
  });
  assign(param, moved);
  assign(m, m1);
  assign(v, v1);
  return [];
};

function number(value: number): Uniform {
  return { type: 'f32', value };
}

function assign(variable: tf.Variable, info: tf.TensorInfo): void {
  const tensor = tf.engine().makeTensorFromTensorInfo(info);
  variable.assign(tensor);
  tensor.dispose();
}
