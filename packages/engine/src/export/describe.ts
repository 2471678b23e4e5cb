import { networkCost, printNetwork } from '@blockwise/dna';
import type { ExportSubject } from './subject.ts';

/** What `network.json` holds, and the metadata of the formats that have some. */
export interface NetworkDescription {
  readonly format: 'blockwise-network';
  readonly version: 1;
  /** In the grammar. */
  readonly architecture: string;
  /** In the order of the logits. */
  readonly classes: readonly string[];
  readonly imageSize: number;
  /** Enters the network: (image in 0..1 − mean) / std, per channel, red first. */
  readonly mean: readonly number[];
  readonly std: readonly number[];
  readonly params: number;
  readonly macs: number;
  readonly lineage: Readonly<Record<string, unknown>>;
}

export function describe(subject: ExportSubject): NetworkDescription {
  const { network, classes, imageSize, mean, std, lineage } = subject;
  const { params, macs } = networkCost(network, { inputSize: imageSize, classes: classes.length });
  return {
    format: 'blockwise-network',
    version: 1,
    architecture: printNetwork(network),
    ...{ classes, imageSize, mean, std, params, macs, lineage },
  };
}
