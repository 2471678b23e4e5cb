import type { EngineName } from '@blockwise/contracts';
import { createRandom, parseSpace } from '@blockwise/dna';
import { CellTraining } from '../src/distil/cell-training.ts';
import { openEngine } from '../src/index.ts';

/** How long one distillation step takes on one engine. */
interface StepRow {
  readonly engine: EngineName;
  readonly device: string;
  /** Steps that were timed, after a warm-up. */
  readonly steps: number;
  readonly medianMs: number;
  readonly minMs: number;
  readonly maxMs: number;
  /** Median of the processor time of a step: the fairer figure on a busy machine. */
  readonly medianCpuMs: number;
  /** How many times faster than the reference, tfjs's plain JavaScript back end, in this run. */
  readonly timesFaster: number;
  /** The same by processor time. */
  readonly timesLessCpu: number;
}

/** 4 layers of k5 e6 with squeeze-excite on 14×14, 40 → 80 channels: one path, no choice. */
const space = parseSpace(`
  stem cn_k3_s1_c40
  ops ir_k5_e6_se0.25
  block n1_c40_s1
  block n4_c40_s1
  head hd_c80
`);
const teacherIn = { channels: 40, size: 14 };
const teacherOut = { channels: 80, size: 14 };
const batch = 32;

/**
 * Times the distillation step of one cell, batch 32: forward, backward, Adam, running statistics.
 * The reference takes minutes for one step, so it is timed once.
 */
export async function benchStep(wasmSteps = 30): Promise<StepRow[]> {
  const wasm = await timeEngine('wasm', { warmupBatch: batch, warmupSteps: 5, steps: wasmSteps });
  const cpu = await timeEngine('cpu', { warmupBatch: 1, warmupSteps: 1, steps: 1 });
  return [wasm, cpu].map((row) => ({
    ...row,
    timesFaster: cpu.medianMs / row.medianMs,
    timesLessCpu: cpu.medianCpuMs / row.medianCpuMs,
  }));
}

interface Plan {
  readonly warmupBatch: number;
  readonly warmupSteps: number;
  readonly steps: number;
}

async function timeEngine(
  name: EngineName,
  { warmupBatch, warmupSteps, steps }: Plan,
): Promise<Omit<StepRow, 'timesFaster' | 'timesLessCpu'>> {
  const { device } = await openEngine(name);
  const training = new CellTraining({
    space,
    block: 1,
    cell: 0,
    teacherIn,
    teacherOut,
    schedule: {
      kind: 'constant',
      learningRate: 0.0045,
      warmupSteps: 0,
      totalSteps: warmupSteps + steps,
      stepsPerEpoch: steps,
      decay: 1,
    },
    seed: 1,
  });
  const run = async (count: number, step: number) => {
    const features = randomFeatures(count);
    const start = performance.now();
    const cpuStart = process.cpuUsage();
    await training.step({ ...features, step });
    const { user, system } = process.cpuUsage(cpuStart);
    return { ms: performance.now() - start, cpuMs: (user + system) / 1000 };
  };
  for (let step = 0; step < warmupSteps; step++) await run(warmupBatch, step);
  const times: { ms: number; cpuMs: number }[] = [];
  for (let step = 0; step < steps; step++) times.push(await run(batch, warmupSteps + step));
  training.dispose();
  const wall = times.map(({ ms }) => ms);
  return {
    engine: name,
    device,
    steps,
    medianMs: median(wall),
    minMs: Math.min(...wall),
    maxMs: Math.max(...wall),
    medianCpuMs: median(times.map(({ cpuMs }) => cpuMs)),
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function randomFeatures(count: number) {
  const random = createRandom('bench', count);
  const values = (channels: number) =>
    Float32Array.from({ length: count * 14 * 14 * channels }, () => random.normal());
  return { x: values(teacherIn.channels), y: values(teacherOut.channels), count };
}
