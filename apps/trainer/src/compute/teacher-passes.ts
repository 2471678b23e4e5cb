import type { Draws, FeatureGroup } from './feature-groups.ts';
import { groupRequest } from './group-images.ts';
import { imageValues } from './image-shape.ts';
import { loadedTeacher } from './loaded-teacher.ts';
import type { SearchData } from './search-data.ts';
import { type StopSignal, TaskStopped } from './stop-signal.ts';
import type { TeacherRequest } from './teacher-request.ts';

/** Images per pass of the teacher. Fixed: an engine may round otherwise in a batch of another size. */
export const teacherBatch = 64;

export interface TeacherPasses {
  readonly data: SearchData;
  readonly teacher: TeacherRequest;
  readonly draws: Draws;
  readonly group: FeatureGroup;
  readonly rows: Uint32Array;
  readonly stop: StopSignal;
  /** Takes the feature maps of consecutive rows, of cut 1 first; `first` is a position in `rows`. */
  readonly onMaps: (first: number, maps: Float32Array[]) => void;
}

/**
 * Computes the teacher's features after every block, all cut points in one pass of the teacher. The
 * last pass is filled up with black images, so that a row's features do not depend on its company.
 *
 * @throws TaskStopped between two passes
 */
export async function teacherPasses(passes: TeacherPasses): Promise<void> {
  const { data, teacher, draws, group, rows, stop, onMaps } = passes;
  const batch = teacherBatch;
  const loaded = await loadedTeacher(teacher);
  const cuts = teacher.cuts.map((_, cut) => cut).slice(1);
  const takenAt = (first: number) => rows.subarray(first, first + batch);
  // Images of the next passes are made during a pass.
  const stream = data.feed.stream((i) => {
    const taken = takenAt(i * batch);
    return taken.length === 0 ? null : groupRequest(data, group, taken, draws);
  });
  try {
    for (let first = 0; first < rows.length; first += batch) {
      if (stop.read() !== null) throw new TaskStopped('The features were not finished.');
      const { length } = takenAt(first);
      const images = new Float32Array(batch * imageValues(data.info.size));
      images.set((await stream.next()) ?? []);
      const maps = await loaded.features(images, batch, cuts);
      onMaps(
        first,
        maps.map((map) => map.subarray(0, (map.length / batch) * length)),
      );
    }
  } finally {
    stream.close();
  }
}
