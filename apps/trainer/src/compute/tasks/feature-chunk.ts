import type { FeatureType } from '@blockwise/contracts';
import { type Draws, type FeatureGroup, rowRange } from '../feature-groups.ts';
import { FeatureFolder } from '../feature-reading.ts';
import { type DataRequest, searchData } from '../search-data.ts';
import type { TaskContext } from '../task.ts';
import { type FeaturePasses, teacherMicroBatch } from '../teacher-micro-batch.ts';
import { teacherPasses } from '../teacher-passes.ts';
import type { TeacherRequest } from '../teacher-request.ts';

/** Rows `from` to `to` of one group, at all cut points after a block. */
export interface FeatureChunkRequest {
  readonly data: DataRequest;
  readonly teacher: TeacherRequest;
  readonly draws: Draws;
  readonly passes: FeaturePasses;
  readonly folder: string;
  readonly dtype: FeatureType;
  readonly group: FeatureGroup;
  /** Of cut 1 first; null where nothing is missing. */
  readonly files: readonly (string | null)[];
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
}

export interface FeatureChunkResult {
  /** Computed, and what that took; rows that were there and sound stay. */
  readonly rows: number;
  readonly seconds: number;
}

/** Completes a chunk of features, all cut points in one pass. */
export async function featureChunk(
  request: FeatureChunkRequest,
  context: TaskContext,
): Promise<FeatureChunkResult> {
  const { teacher, draws, passes, folder, dtype, group, files, from, to } = request;
  // Cut 0, the stem's output, enters no cell.
  const lengths = teacher.cuts.map(({ size, channels }) => size * size * channels);
  const store = new FeatureFolder(folder, lengths, dtype);
  const named = files.flatMap((name, i) => (name === null ? [] : [{ name, cut: i + 1 }]));
  const all = rowRange(from, to);
  const unsound = new Set(
    named.flatMap(({ name, cut }) => store.read(name, cut, all).unsound.map((i) => from + i)),
  );
  store.close();
  const rows = all.filter((row) => unsound.has(row));
  if (rows.length === 0) return { rows: 0, seconds: 0 };
  const beyond = new Map<number, number>();
  const seconds = await teacherPasses({
    data: await searchData(request.data, context),
    teacher,
    draws,
    group,
    rows,
    ...context,
    microBatch: teacherMicroBatch(teacher, passes, context),
    batch: passes.microBatch,
    onMaps: (first, maps, count) => {
      for (const { name, cut } of named) {
        const at = rows.subarray(first, first + count);
        const clipped = store.write(name, cut, at, maps[cut - 1] ?? new Float32Array());
        beyond.set(cut, (beyond.get(cut) ?? 0) + clipped);
      }
    },
  });
  for (const [cut, count] of beyond) {
    if (count === 0) continue;
    context.reporter.warning(
      `${count} numbers of the teacher's features after block ${cut} are beyond ±65504 and are ` +
        'stored as that; with features.dtype f32 they would stay as they are.',
    );
  }
  return { rows: rows.length, seconds };
}
