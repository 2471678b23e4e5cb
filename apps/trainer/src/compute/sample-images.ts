import type { SampleSheet } from '@blockwise/contracts';
import { drawSheet, samplePositions, sheetColumns } from '@blockwise/datasets';
import type { SearchData } from './search-data.ts';
import { labelsOf } from './test-classifier.ts';

/** Images of the test part to look at. */
export interface DrawnSamples extends SampleSheet {
  /** All of them at their size, on one sheet. */
  readonly png: Uint8Array;
}

/** Draws the sheet of a search's samples. */
export async function drawSamples(data: SearchData): Promise<DrawnSamples> {
  const { info, test, channels } = data;
  const positions = samplePositions(test, info.classes.length);
  return {
    columns: sheetColumns,
    labels: labelsOf(test, positions),
    png: await drawSheet(await sampleImages(data, positions), info.size, channels),
  };
}

/** Images of the test part, as networks take them: [n, size, size, 3] NHWC. */
export function sampleImages({ feed }: SearchData, positions: Uint32Array): Promise<Float32Array> {
  return feed.read({ part: 'test', positions, draws: { augment: 'none' } });
}
