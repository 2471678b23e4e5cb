import type { RatingSpec } from '@blockwise/contracts';
import { samplePositions } from '@blockwise/datasets';
import { pathFromIndex } from '@blockwise/dna';
import { CellSupernet, pathOutput, readSafetensors } from '@blockwise/engine';
import type { BlockBatch } from '../block-features.ts';
import { type CellPlaceRequest, placeOf } from '../cell.ts';
import { throughBlocks } from '../cell-student.ts';
import { blocksBefore } from '../earlier-blocks.ts';
import { loadedTeacher } from '../loaded-teacher.ts';
import { measuring } from '../measuring.ts';
import { sampleImages } from '../sample-images.ts';
import { searchData } from '../search-data.ts';
import type { TaskContext } from '../task.ts';
import { taskMicroBatch } from '../task-micro-batch.ts';
import { labelsOf } from '../test-classifier.ts';

export interface FeatureMapsRequest extends CellPlaceRequest {
  readonly rating: RatingSpec;
  /** safetensors: the distilled supernet. */
  readonly weights: Uint8Array;
  /** Position of the path in their lexicographic order. */
  readonly candidateIndex: number;
  /** Numbers of samples of the data set, from 0. */
  readonly samples: readonly number[];
}

export interface FeatureMapsResult {
  /** After the block, [samples, size, size, channels] NHWC. */
  readonly teacher: Float32Array;
  readonly student: Float32Array;
  /** Of these images, by the measure of the rating. */
  readonly loss: number;
  /** Mean of the squared differences of both. */
  readonly mse: number;
}

/**
 * What the teacher and one path of a distilled cell make of some test images, as a rating has it: what
 * enters the block is what entered it there, and batch-norm statistics are those of the calibration
 * images.
 */
export async function featureMaps(
  request: FeatureMapsRequest,
  context: TaskContext,
): Promise<FeatureMapsResult> {
  const { block, cell, rating, strategy, onOutOfMemory, candidateIndex } = request;
  const data = await searchData(request.data, context);
  const { place, before: prefixPlace } = placeOf(request, data);
  const teacher = await loadedTeacher(request.teacher);
  const isImageFed = strategy !== 'dna' || block === 0;
  /** As `BlockFeatures` reads it, but computed: a teacher's features may be gone after its search. */
  const batchOf = async (images: Float32Array, count: number): Promise<BlockBatch> => {
    const cuts = isImageFed ? [block + 1] : [block, block + 1];
    const maps = await teacher.features(images, count, cuts);
    const x = isImageFed ? images : maps[0];
    const y = maps.at(-1);
    if (!x || !y) throw new Error('a cut point was left out');
    return { x, y, count };
  };
  const positions = samplePositions(data.test, data.info.classes.length);
  const chosen = Uint32Array.from(request.samples, (sample) => positions[sample] ?? 0);
  const batch = await batchOf(await sampleImages(data, chosen), chosen.length);
  const { calibration: clean, feed } = data;
  const cleanImages = await feed.read({
    ...{ part: 'train', positions: clean, draws: { augment: 'none' } },
  });
  const calibration = await batchOf(cleanImages, clean.length);
  const weights = readSafetensors(request.weights).arrays;
  const microBatch = taskMicroBatch({ ...rating, onOutOfMemory }, context);
  const prefix = blocksBefore(request, prefixPlace, weights, calibration);
  const enter = async (read: BlockBatch) =>
    prefix ? await throughBlocks(prefix, read, microBatch) : read;
  const supernet = new CellSupernet({ ...place, seed: 'replaced' });
  try {
    supernet.store.write(weights);
    const { loss, output } = await pathOutput({
      supernet,
      path: pathFromIndex(place.space, block, cell, candidateIndex),
      calibration: await enter(calibration),
      batch: await enter(batch),
      ...(await measuring(rating.measure, request.teacher, labelsOf(data.test, chosen))),
    });
    return { teacher: batch.y, student: output, loss, mse: squaredError(output, batch.y) };
  } finally {
    supernet.dispose();
    prefix?.dispose();
  }
}

function squaredError(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (const [i, value] of a.entries()) sum += (value - (b[i] ?? 0)) ** 2;
  return sum / a.length;
}
