import { existsSync } from 'node:fs';
import { FeatureReader, featureFile, hashRows, writeRows } from '../../features/feature-files.ts';
import { type Draws, type FeatureGroup, groupName, rowRange } from '../feature-groups.ts';
import { groupImages } from '../group-images.ts';
import { loadedTeacher } from '../loaded-teacher.ts';
import { type DataRequest, searchData } from '../search-data.ts';
import { TaskStopped } from '../stop-signal.ts';
import type { TaskContext } from '../task.ts';
import { type TeacherRequest, teacherCuts } from '../teacher-request.ts';

/** Rows `from` to `to` of one group, at all cut points after a block. */
export interface FeatureChunkRequest {
  readonly data: DataRequest;
  readonly teacher: TeacherRequest;
  readonly draws: Draws;
  readonly folder: string;
  readonly group: FeatureGroup;
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
  /** Checksums by cut that stored rows must have to be kept; null: compute them. */
  readonly expected: readonly string[] | null;
}

export interface FeatureChunkResult {
  /** SHA-256 of the chunk's rows, of cut 1 first. */
  readonly checksums: string[];
  /** False when the stored rows were as expected. */
  readonly computed: boolean;
}

/** Images per pass of the teacher. Fixed, since rounding may differ with the size of a batch. */
const batch = 64;

/** Computes a chunk of features, all cut points in one pass, or confirms the stored ones. */
export async function featureChunk(
  request: FeatureChunkRequest,
  context: TaskContext,
): Promise<FeatureChunkResult> {
  const { teacher, folder, group, from, to, expected } = request;
  const lengths = teacherCuts(teacher).map(({ size, channels }) => size * size * channels);
  const cuts = lengths.map((_, cut) => cut).slice(1);
  const fileOf = (cut: number) => featureFile(folder, groupName(group), cut);
  const lengthOf = (cut: number) => lengths[cut] ?? 0;
  if (expected !== null) {
    const stored = cuts.map((cut) => storedChecksum(fileOf(cut), lengthOf(cut), from, to));
    if (stored.every((checksum, i) => checksum !== null && checksum === expected[i])) {
      return { checksums: [...expected], computed: false };
    }
  }
  const data = await searchData(request.data, context);
  const rows = cuts.map((cut) => new Float32Array((to - from) * lengthOf(cut)));
  for (let first = from; first < to; first += batch) {
    if (context.stop.read() !== null) throw new TaskStopped('The features were not finished.');
    const taken = rowRange(first, Math.min(to, first + batch));
    const images = groupImages(data, group, taken, request.draws);
    const maps = await loadedTeacher(teacher).features(images, taken.length, cuts);
    maps.forEach((map, i) => {
      rows[i]?.set(map, (first - from) * lengthOf(i + 1));
    });
  }
  const checksums = rows.map((values, i) => {
    return writeRows(fileOf(i + 1), from, lengthOf(i + 1), values);
  });
  return { checksums, computed: true };
}

function storedChecksum(file: string, length: number, from: number, to: number): string | null {
  if (!existsSync(file)) return null;
  const reader = new FeatureReader(file, length);
  try {
    return reader.rows < to ? null : hashRows(reader.read(rowRange(from, to)));
  } finally {
    reader.close();
  }
}
