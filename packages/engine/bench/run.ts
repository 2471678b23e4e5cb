// Prints the time of one distillation step on every engine. `node bench/run.ts`
import { benchStep } from './step.ts';

console.log('One distillation step: batch 32, 4 × ir_k5_e6_se0.25, 14×14, 40 → 80 channels');
const rows = await benchStep();
console.table(
  rows.map(({ engine, device, steps, medianMs, minMs, maxMs, timesFaster }) => ({
    engine,
    device,
    steps,
    'median ms': medianMs.toFixed(1),
    'least ms': minMs.toFixed(1),
    'most ms': maxMs.toFixed(1),
    'times faster than cpu': timesFaster.toFixed(1),
  })),
);
