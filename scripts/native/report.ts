import {
  passed,
  type SelfTestReport,
  selfTest,
  timedOnProcessor,
} from '../../packages/engine/src/index.ts';

/**
 * Tests an engine against PyTorch's values and times it beside wasm, each in a process of
 * its own and on one thread where it is the processor's, and prints both.
 *
 * @returns whether it computes what it should
 */
export async function testNative(
  name: 'tensorflow' | 'webgpu',
  say: (line: string) => void,
): Promise<boolean> {
  say('Self-test: a training step against the values of PyTorch, and the time of a bench step …');
  const native = await selfTest(name, {
    ...timedOnProcessor,
    allowSoftware: process.env.ALLOW_SOFTWARE_GPU === 'true',
  });
  say(describe(native));
  if (!passed(native)) return false;
  const wasm = await selfTest('wasm');
  say(describe(wasm));
  if (native.stepMs !== null && wasm.stepMs !== null && native.stepBatch === wasm.stepBatch) {
    say(`${name} takes ${(native.stepMs / wasm.stepMs).toFixed(2)} times as long as wasm.`);
  }
  return true;
}

/** "tensorflow (TensorFlow 2.21.0, CPU, 2 threads): worst error 3.1e-7 of …; 61 ms a step" */
function describe({ name, device, oracle, reason, stepMs, stepBatch }: SelfTestReport): string {
  if (reason !== null) return `${name}: ${reason}`;
  const error =
    oracle === null
      ? ''
      : `worst relative error ${oracle.worstError.toExponential(1)} (allowed: ${oracle.tolerance})`;
  const time = stepMs === null ? '' : `, ${stepMs.toFixed(1)} ms a step of ${stepBatch} images`;
  return `${name} (${device}): ${error}${time}`;
}
