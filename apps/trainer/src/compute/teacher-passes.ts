import { evenParts, type FeatureTeacher, type MicroBatch } from '@blockwise/engine';
import type { Draws, FeatureGroup } from './feature-groups.ts';
import type { FeatureTally } from './feature-tally.ts';
import { groupRequest } from './group-images.ts';
import { imageValues } from './image-shape.ts';
import { joined } from './joined-arrays.ts';
import { loadedTeacher } from './loaded-teacher.ts';
import { notePass } from './pass-cost.ts';
import type { Reporter } from './reporter.ts';
import type { SearchData } from './search-data.ts';
import { type StopSignal, TaskStopped } from './stop-signal.ts';
import type { TeacherRequest } from './teacher-request.ts';

export interface TeacherPasses {
  readonly data: SearchData;
  readonly teacher: TeacherRequest;
  readonly draws: Draws;
  readonly group: FeatureGroup;
  readonly rows: Uint32Array;
  /** Images per pass; fixed: an engine may round otherwise in a batch of another size. */
  readonly batch: number;
  /** How many of them go through the teacher at once: fewer when memory does not suffice. */
  readonly microBatch: MicroBatch;
  readonly stop: StopSignal;
  readonly tally: FeatureTally;
  readonly reporter: Reporter;
  /** Takes the feature maps of `count` rows, of cut 1 first; `first` is a position in `rows`. */
  readonly onMaps: (first: number, maps: Float32Array[], count: number) => void;
}

/**
 * Computes the teacher's features after every block, all cut points in one pass of the teacher. The
 * last pass is filled up with black images, so that a row's features do not depend on its company.
 *
 * @returns the seconds that it took
 * @throws TaskStopped between two passes, DomainError OUT_OF_MEMORY
 */
export async function teacherPasses(passes: TeacherPasses): Promise<number> {
  const { data, teacher, draws, group, rows, batch, microBatch, stop, onMaps } = passes;
  const begin = performance.now();
  const loaded = await loadedTeacher(teacher);
  const cuts = teacher.cuts.map((_, cut) => cut).slice(1);
  const takenAt = (first: number) => rows.subarray(first, first + batch);
  // Images of the next passes are made during a pass.
  const stream = data.feed.stream((i) => {
    const taken = takenAt(i * batch);
    return taken.length === 0 ? null : groupRequest(data, group, taken, draws);
  });
  // One array serves all passes: when a pass has ended its images are of no use.
  let made: Float32Array | null = null;
  try {
    for (let first = 0; first < rows.length; first += batch) {
      if (stop.read() !== null) throw new TaskStopped('The features were not finished.');
      const { length } = takenAt(first);
      made = await stream.next(made);
      const images = filledUp(made ?? new Float32Array(), batch * imageValues(data.info.size));
      const what = `A pass of the teacher over images of ${data.info.size}×${data.info.size}×3`;
      const maps = await microBatch.run(batch, what, (size) =>
        inParts(loaded, images, batch, size, cuts),
      );
      onMaps(
        first,
        maps.map((map) => map.subarray(0, (map.length / batch) * length)),
        length,
      );
    }
  } finally {
    stream.close();
  }
  const seconds = (performance.now() - begin) / 1000;
  passes.tally.computed(rows.length, seconds);
  notePass(teacher, rows.length, seconds);
  return seconds;
}

/** Images that are missing are black: zeros behind the others. */
function filledUp(images: Float32Array, length: number): Float32Array {
  if (images.length === length) return images;
  const whole = new Float32Array(length);
  whole.set(images);
  return whole;
}

/** The feature maps of a batch, so many images at once. */
async function inParts(
  teacher: FeatureTeacher,
  images: Float32Array,
  count: number,
  size: number,
  cuts: readonly number[],
): Promise<Float32Array[]> {
  const pixels = images.length / count;
  const parts: Float32Array[][] = [];
  for (const { from, to } of evenParts(count, size)) {
    const part = images.subarray(from * pixels, to * pixels);
    parts.push(await teacher.features(part, to - from, cuts));
  }
  return cuts.map((_, i) => joined(parts.map((maps) => maps[i] ?? new Float32Array())));
}
