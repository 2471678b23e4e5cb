import type { Axis, ConstraintsInput } from '@blockwise/client';
import { formatBytes, formatCount, formatMilliseconds } from '../ui/format.ts';

export type CostKey = keyof ConstraintsInput;

/** A cost of networks: how the API calls it, and how people read and type it; its name is `common.cost`. */
export interface CostAxis {
  readonly key: CostKey;
  readonly axis: Axis;
  /** May stand behind a typed number. */
  readonly unit: string;
  /** True where every network has a whole number of them. */
  readonly isWhole: boolean;
  readonly format: (value: string | number) => string;
}

export const costAxes: readonly CostAxis[] = [
  { key: 'params', axis: 'PARAMS', unit: '', isWhole: true, format: formatCount },
  { key: 'macs', axis: 'MACS', unit: '', isWhole: true, format: formatCount },
  {
    key: 'latencyMs',
    axis: 'LATENCY_MS',
    unit: 'ms',
    isWhole: false,
    format: (value) => formatMilliseconds(Number(value)),
  },
  { key: 'flopsTool', axis: 'FLOPS_TOOL', unit: '', isWhole: true, format: formatCount },
  {
    key: 'activationBytes',
    axis: 'ACTIVATION_BYTES',
    unit: 'B',
    isWhole: true,
    format: formatBytes,
  },
];
