import { existsSync } from 'node:fs';
import { FeatureReader, featureFile, hashRows, writeRows } from '../../features/feature-files.ts';
import { type Draws, type FeatureGroup, groupName, rowRange } from '../feature-groups.ts';
import { type DataRequest, searchData } from '../search-data.ts';
import type { TaskContext } from '../task.ts';
import { teacherPasses } from '../teacher-passes.ts';
import type { TeacherRequest } from '../teacher-request.ts';

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

/** Computes a chunk of features, all cut points in one pass, or confirms the stored ones. */
export async function featureChunk(
  request: FeatureChunkRequest,
  context: TaskContext,
): Promise<FeatureChunkResult> {
  const { teacher, draws, folder, group, from, to, expected } = request;
  // Cut 0, the stem's output, enters no cell.
  const lengths = teacher.cuts.slice(1).map(({ size, channels }) => size * size * channels);
  const fileOf = (i: number) => featureFile(folder, groupName(group), i + 1);
  if (expected !== null) {
    const stored = lengths.map((length, i) => storedChecksum(fileOf(i), length, from, to));
    if (stored.every((checksum, i) => checksum !== null && checksum === expected[i])) {
      return { checksums: [...expected], computed: false };
    }
  }
  const chunk = lengths.map((length) => new Float32Array((to - from) * length));
  await teacherPasses({
    data: await searchData(request.data, context),
    teacher,
    draws,
    group,
    rows: rowRange(from, to),
    stop: context.stop,
    onMaps: (first, maps) => {
      maps.forEach((map, i) => {
        chunk[i]?.set(map, first * (lengths[i] ?? 0));
      });
    },
  });
  const checksums = chunk.map((values, i) => {
    writeRows(fileOf(i), from, lengths[i] ?? 0, values);
    return hashRows(values);
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
