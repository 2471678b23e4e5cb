import type { CostAxis } from '../types.ts';
import type { Demand } from './demand.ts';

const units: Record<CostAxis, string> = {
  params: 'params',
  macs: 'macs',
  flopsTool: 'flopsTool',
  activationBytes: 'bytes of activations',
  latencyMs: 'ms of latency',
};

/** A number for people; fractions, which only latencies have, to the nanosecond. */
export function written(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 6 });
}

/** `1,200 params, 200 more than the maximum of 1,000`. */
export function missBy(nearest: number, { axis, side, bound }: Demand): string {
  const few = axis === 'latencyMs' ? 'less' : 'fewer';
  const [sideName, direction] = side === 'max' ? ['maximum', 'more'] : ['minimum', few];
  return (
    `${written(nearest)} ${units[axis]}, ${written(Math.abs(nearest - bound))} ${direction} than ` +
    `the ${sideName} of ${written(bound)}`
  );
}

/** `at most 1,000 params`. */
export function phrase({ axis, side, bound }: Demand): string {
  return `${side === 'max' ? 'at most' : 'at least'} ${written(bound)} ${units[axis]}`;
}
