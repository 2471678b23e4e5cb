import { featureFile, writeRows } from '../features/feature-files.ts';
import type { WindowSource } from '../features/feature-source.ts';
import type { WindowRequest } from '../features/feature-windows.ts';
import { type FeatureSequence, rowRange } from './feature-groups.ts';
import { FeatureFolder, type FeatureReading, type RowLengths } from './feature-reading.ts';
import { type TeacherPasses, teacherPasses } from './teacher-passes.ts';
import type { WindowClient } from './window-client.ts';

export interface WindowFeaturesOptions {
  readonly source: WindowSource;
  readonly windows: WindowClient;
  readonly lengths: RowLengths;
  /** What computes a window that nobody has computed yet. */
  readonly teacher: Omit<TeacherPasses, 'group' | 'rows' | 'onMaps'>;
}

/** Of every file in a window. */
const fileName = 'window';
/** How far ahead a task looks for something to compute while it would have to wait. */
const windowsAhead = 8;

/** Features in windows: the task holds the one that it reads, and computes it when it is the first. */
export function openWindowFeatures(options: WindowFeaturesOptions): FeatureReading {
  const { source, windows, lengths, teacher } = options;
  let held: { readonly name: string; readonly files: FeatureFolder } | null = null;

  function release(): void {
    if (!held) return;
    held.files.close();
    windows.release(held.name);
    held = null;
  }

  async function take(sequence: FeatureSequence, index: number): Promise<FeatureFolder> {
    const wanted = requestOf(sequence, index);
    if (held?.name === wanted.name) return held.files;
    release();
    const last = Math.min(index + windowsAhead, windowCount(sequence) - 1);
    const coming = Array.from(rowRange(index + 1, last + 1), (number) => ({
      number,
      request: requestOf(sequence, number),
    }));
    for (;;) {
      const ahead = coming.map(({ request }) => request);
      const grant = await windows.take(wanted, ahead);
      if (grant.compute) {
        const next = coming.find(({ request }) => request.name === grant.name);
        await make(sequence, next?.number ?? index, grant.folder);
        windows.completed(grant.name);
      }
      if (grant.name === wanted.name) {
        held = { name: grant.name, files: new FeatureFolder(grant.folder, lengths) };
        return held.files;
      }
      windows.release(grant.name);
    }
  }

  async function make(sequence: FeatureSequence, index: number, folder: string): Promise<void> {
    await teacherPasses({
      ...teacher,
      group: sequence.group,
      rows: rowsOf(sequence, index),
      onMaps: (at, maps) => {
        maps.forEach((map, i) => {
          writeRows(featureFile(folder, fileName, i + 1), at, lengths[i + 1] ?? 0, map);
        });
      },
    });
  }

  function requestOf(sequence: FeatureSequence, index: number): WindowRequest {
    // Cut 0, the stem's output, enters no cell.
    const values = lengths.slice(1).reduce((sum, length) => sum + length, 0);
    const rows = rowsOf(sequence, index).length;
    const { epoch } = sequence;
    return {
      name: `${source.key}/${sequence.name}/${index}`,
      bytes: rows * values * Float32Array.BYTES_PER_ELEMENT,
      budgetBytes: source.budgetBytes,
      place:
        epoch === null ? null : { walk: source.key, number: epoch * windowCount(sequence) + index },
    };
  }

  function rowsOf({ rows }: FeatureSequence, index: number): Uint32Array {
    return rows.subarray(index * source.rows, (index + 1) * source.rows);
  }

  function windowCount({ rows }: FeatureSequence): number {
    return Math.ceil(rows.length / source.rows);
  }

  return {
    async read(sequence, { from, to }, cuts) {
      const maps = cuts.map((cut) => new Float32Array((to - from) * (lengths[cut] ?? 0)));
      let at = from;
      while (at < to) {
        const index = Math.floor(at / source.rows);
        const start = index * source.rows;
        const end = Math.min(to, start + source.rows);
        const files = await take(sequence, index);
        const rows = rowRange(at - start, end - start);
        for (const [i, cut] of cuts.entries()) {
          maps[i]?.set(files.read(fileName, cut, rows), (at - from) * (lengths[cut] ?? 0));
        }
        at = end;
      }
      return maps;
    },
    close: release,
  };
}
