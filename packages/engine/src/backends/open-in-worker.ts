// Runs in a worker thread of open.test.ts: opens the engine it is told and multiplies two matrices.
import { parentPort, workerData } from 'node:worker_threads';
import * as tf from '@tensorflow/tfjs-core';
import { openEngine } from './open.ts';

const engine = await openEngine(workerData);
const product = tf.matMul(tf.tensor2d([[1, 2]]), tf.tensor2d([[3], [4]]));
parentPort?.postMessage({ name: engine.name, product: [...product.dataSync()] });
