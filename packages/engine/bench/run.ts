// Prints the time of one distillation step on every engine. `node bench/run.ts`
import { benchStep } from './step.ts';

console.log('One distillation step: batch 32, 4 × ir_k5_e6_se0.25, 14×14, 40 → 80 channels');
const rows = await benchStep();
console.table(
  rows.map((row) => ({
    engine: row.engine,
    device: row.device,
    steps: row.steps,
    'median ms': row.medianMs.toFixed(1),
    'least ms': row.minMs.toFixed(1),
    'most ms': row.maxMs.toFixed(1),
    'processor ms': row.medianCpuMs.toFixed(1),
    'times faster than cpu': row.timesFaster.toFixed(1),
    'by processor time': row.timesLessCpu.toFixed(1),
  })),
);
