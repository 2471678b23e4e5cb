/**
 * Times the kernels beside tfjs's own where those exist, on the shapes of an MBConv (expansion 6,
 * 40 channels, 14 x 14, batch 32); the least processor time of some runs, so that a busy machine
 * disturbs little.
 * Run with `pnpm --filter @blockwise/wasm-kernels profile [part of a label]`.
 */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { registerWasmKernels } from '../src/register.ts';
import { buildKernels } from './build.ts';

const RUNS = 30;
const BATCH = 32;
const SIDE = 14;
const NARROW = 40;
const WIDE = 240;

type Case = [
  label: string,
  kernel: string,
  inputs: tf.NamedTensorMap,
  attrs: object,
  flops: number,
];

const random = (...shape: number[]) => tf.randomNormal(shape, 0, 1, 'float32', 7);

function productCase(
  m: number,
  k: number,
  n: number,
  transposeA: boolean,
  transposeB: boolean,
): Case {
  const a = transposeA ? random(k, m) : random(m, k);
  const b = transposeB ? random(n, k) : random(k, n);
  const label = `${transposeA ? 'At' : 'A'}.${transposeB ? 'Bt' : 'B'} ${m}x${k}x${n}`;
  return [label, 'BatchMatMul', { a, b }, { transposeA, transposeB }, 2 * m * k * n];
}

function depthwiseCases(kernel: number, stride: number): Case[] {
  const x = random(BATCH, SIDE, SIDE, WIDE);
  const filter = random(kernel, kernel, WIDE, 1);
  const side = Math.ceil(SIDE / stride);
  const dy = random(BATCH, side, side, WIDE);
  const attrs = { strides: [stride, stride], pad: 'same', dilations: [1, 1] };
  const flops = 2 * BATCH * side * side * WIDE * kernel * kernel;
  const label = `k${kernel} s${stride}`;
  return [
    [`depthwise ${label}`, 'DepthwiseConv2dNative', { x, filter }, attrs, flops],
    [
      `depthwise dx ${label}`,
      'DepthwiseConv2dNativeBackpropInput',
      { dy, filter },
      { ...attrs, inputShape: x.shape },
      flops,
    ],
    [
      `depthwise dw ${label}`,
      'DepthwiseConv2dNativeBackpropFilter',
      { x, dy },
      { ...attrs, filterShape: filter.shape },
      flops,
    ],
  ];
}

function convCases(): Case[] {
  const x = random(64, 32, 32, 3);
  const filter = random(3, 3, 3, 32);
  const dy = random(64, 32, 32, 32);
  const attrs = { strides: [1, 1], pad: 'same', dilations: [1, 1], dataFormat: 'NHWC' };
  const flops = 2 * 64 * 32 * 32 * 27 * 32;
  return [
    ['stem conv', 'Conv2D', { x, filter }, attrs, flops],
    [
      'stem conv dx',
      'Conv2DBackpropInput',
      { dy, filter },
      { ...attrs, inputShape: x.shape },
      flops,
    ],
    [
      'stem conv dw',
      'Conv2DBackpropFilter',
      { x, dy },
      { ...attrs, filterShape: filter.shape },
      flops,
    ],
  ];
}

function channelCases(): Case[] {
  const x = random(BATCH, SIDE, SIDE, WIDE);
  const dy = random(BATCH, SIDE, SIDE, WIDE);
  const narrow = random(BATCH, SIDE, SIDE, NARROW);
  const gate = random(BATCH, WIDE);
  const scale = random(WIDE);
  const offset = random(WIDE);
  const mean = random(WIDE);
  const variance = tf.ones([WIDE]);
  const swish = { epsilon: 1e-3, activation: 'swish' };
  const none = { epsilon: 1e-3, activation: 'none' };
  const grad = { dy, x, scale, offset, mean, variance };
  const param = random(WIDE * NARROW);
  const adam = {
    param,
    grad: random(WIDE * NARROW),
    m: random(WIDE * NARROW),
    v: tf.ones([WIDE * NARROW]),
  };
  const rates = {
    learningRate: 1e-3,
    beta1: 0.9,
    beta2: 0.999,
    epsilon: 1e-8,
    step: 5,
    weightDecay: 0,
    decoupledDecay: 0,
  };
  return [
    ['batch norm swish', 'BatchNormTrain', { x, scale, offset }, swish, 0],
    ['batch norm swish grad', 'BatchNormTrainGrad', grad, swish, 0],
    ['batch norm none', 'BatchNormTrain', { x, scale, offset }, none, 0],
    ['batch norm none grad', 'BatchNormTrainGrad', grad, none, 0],
    ['batch norm pool swish', 'BatchNormPoolTrain', { x, scale, offset }, swish, 0],
    ['batch norm pool swish grad', 'BatchNormPoolTrainGrad', { ...grad, dpooled: gate }, swish, 0],
    ['affine swish', 'AffineActivation', { x, scale, offset }, swish, 0],
    ['spatial mean', 'SpatialMean', { x }, {}, 0],
    ['spatial mean grad', 'SpatialMeanGrad', { dy: gate }, { height: SIDE, width: SIDE }, 0],
    ['channel gate', 'ChannelGate', { x, gate }, {}, 0],
    ['channel gate grad', 'ChannelGateGrad', { dy, x, gate }, {}, 0],
    ['adam 9600', 'AdamStep', adam, rates, 0],
    ['squared error', 'SquaredErrorMean', { a: narrow, b: narrow }, {}, 0],
    [
      'squared error grad',
      'SquaredErrorMeanGrad',
      { dy: tf.scalar(1), a: narrow, b: narrow },
      {},
      0,
    ],
    ['absolute error', 'AbsoluteErrorMean', { a: narrow, b: narrow }, {}, 0],
    ['add wide (stock)', 'Add', { a: x, b: dy }, {}, 0],
    ['sigmoid gate (stock)', 'Sigmoid', { x: gate }, {}, 0],
    ['sum rows (stock)', 'Sum', { x: random(BATCH, WIDE) }, { axis: [0], keepDims: false }, 0],
  ];
}

/** What the layers use in place of several of the above. */
function fusedCases(): Case[] {
  const x = random(BATCH, SIDE, SIDE, WIDE);
  const narrow = random(BATCH, SIDE, SIDE, NARROW);
  const [gate, kernel] = [random(BATCH, WIDE), random(WIDE, NARROW)];
  const product = 2 * BATCH * SIDE * SIDE * WIDE * NARROW;
  const [scale, offset, mean] = [random(WIDE), random(WIDE), random(WIDE)];
  const norm = { x, scale, offset, filter: random(5, 5, WIDE, 1) };
  const window = { strides: [1, 1], pad: 'same', dilations: [1, 1] };
  const attrs = { epsilon: 1e-3, activation: 'swish', ...window };
  const grad = { ...norm, dy: random(BATCH, SIDE, SIDE, WIDE), mean, variance: tf.ones([WIDE]) };
  return [
    ['gated pointwise', 'GatedPointwise', { x, gate, kernel }, {}, product],
    [
      'gated pointwise grad',
      'GatedPointwiseGrad',
      { dy: narrow, x, gate, kernel },
      {},
      2 * product,
    ],
    ['norm swish depthwise k5', 'NormDepthwise', norm, attrs, 0],
    ['norm swish depthwise k5 grad', 'NormDepthwiseGrad', grad, attrs, 0],
  ];
}

function milliseconds([, kernel, inputs, attrs]: Case): number | null {
  if (!tf.getKernel(kernel, 'wasm')) return null;
  let fastest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < RUNS; i++) {
    const start = process.cpuUsage();
    const result = tf.engine().runKernel(kernel, inputs, attrs as tf.NamedAttrMap);
    const { user, system } = process.cpuUsage(start);
    fastest = Math.min(fastest, (user + system) / 1000);
    tf.dispose(result);
  }
  return fastest;
}

await buildKernels();
setWasmPaths(
  `${path.dirname(fileURLToPath(import.meta.resolve('@tensorflow/tfjs-backend-wasm')))}/`,
);
await tf.setBackend('wasm');
await tf.ready();

const rows = BATCH * SIDE * SIDE;
const cases: Case[] = [
  productCase(rows, NARROW, WIDE, false, false),
  productCase(rows, WIDE, NARROW, false, false),
  productCase(rows, WIDE, NARROW, false, true),
  productCase(rows, NARROW, WIDE, false, true),
  productCase(NARROW, rows, WIDE, true, false),
  productCase(WIDE, rows, NARROW, true, false),
  productCase(BATCH, WIDE, 10, false, false),
  productCase(1024, 960, 320, false, false),
  ...[3, 5, 7].flatMap((kernel) => depthwiseCases(kernel, 1)),
  ...depthwiseCases(5, 2),
  ...convCases(),
  ...channelCases(),
  ...fusedCases(),
];
const wanted = process.argv[2];
const chosen = cases.filter(([label]) => wanted === undefined || label.includes(wanted));
const stock = chosen.map(milliseconds);
await registerWasmKernels();

const format = (value: number | null) => (value === null ? '-' : value.toFixed(2)).padStart(9);
console.log(
  `${'kernel'.padEnd(30)}${'stock ms'.padStart(9)}${'own ms'.padStart(9)}${'GFLOP/s'.padStart(9)}`,
);
for (const [i, one] of chosen.entries()) {
  const own = milliseconds(one);
  const speed = own !== null && one[4] > 0 ? one[4] / own / 1e6 : null;
  console.log(`${one[0].padEnd(30)}${format(stock[i] ?? null)}${format(own)}${format(speed)}`);
}
