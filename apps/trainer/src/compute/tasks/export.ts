import { type ExportFormat, exportFormats } from '@blockwise/contracts';
import { networkOf } from '@blockwise/dna';
import { type ExportSubject, exportNetwork, packFiles, readSafetensors } from '@blockwise/engine';
import { TaskStopped } from '../stop-signal.ts';
import type { TaskContext } from '../task.ts';

export interface ExportRequest extends Omit<ExportSubject, 'network' | 'weights'> {
  /** In the grammar, or the name of a published network. */
  readonly architecture: string;
  /** safetensors. */
  readonly weights: Uint8Array;
}

export interface ExportResult {
  /** A zip archive of every format. */
  readonly archives: readonly { readonly format: ExportFormat; readonly bytes: Uint8Array }[];
}

/** Makes a network's weights into archives of every format. It computes no tensor. */
export async function exportWeights(
  { architecture, weights, ...more }: ExportRequest,
  { reporter, stop }: TaskContext,
): Promise<ExportResult> {
  const network = networkOf(architecture);
  const subject = { ...more, network, weights: readSafetensors(weights).arrays };
  const archives = exportFormats.map((format, done) => {
    if (stop.read() !== null) throw new TaskStopped('The export was stopped.');
    reporter.progress(done, exportFormats.length, 'formats');
    return { format, bytes: packFiles(exportNetwork(subject, format)) };
  });
  return { archives };
}
