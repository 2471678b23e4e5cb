import type { Axis, ConstraintsInput } from '@blockwise/client';
import { formatBytes, formatCount, formatMilliseconds } from '../ui/format.ts';

export type CostKey = keyof ConstraintsInput;

/** A cost of networks: how the API calls it, and how people read and type it. */
export interface CostAxis {
  readonly key: CostKey;
  readonly axis: Axis;
  readonly name: string;
  /** May stand behind a typed number. */
  readonly unit: string;
  readonly format: (value: string | number) => string;
  readonly about: string;
}

export const costAxes: readonly CostAxis[] = [
  {
    key: 'params',
    axis: 'PARAMS',
    name: 'Params',
    unit: '',
    format: formatCount,
    about: 'Learnable scalars',
  },
  {
    key: 'macs',
    axis: 'MACS',
    name: 'Macs',
    unit: '',
    format: formatCount,
    about: 'Multiply-accumulates of convolutions and linear layers, one image',
  },
  {
    key: 'flopsTool',
    axis: 'FLOPS_TOOL',
    name: 'FlopsTool',
    unit: '',
    format: formatCount,
    about: 'The cost in the convention of the DNA paper’s tables',
  },
  {
    key: 'activationBytes',
    axis: 'ACTIVATION_BYTES',
    name: 'Activations',
    unit: 'B',
    format: formatBytes,
    about: 'Bytes of all feature maps of one image, what a training keeps',
  },
  {
    key: 'latencyMs',
    axis: 'LATENCY_MS',
    name: 'Latency',
    unit: 'ms',
    format: (value) => formatMilliseconds(Number(value)),
    about: 'Milliseconds for one image, by the newest measured table',
  },
];
