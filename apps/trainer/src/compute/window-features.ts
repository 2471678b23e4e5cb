import { rowBytes } from '../features/feature-files.ts';
import type { WindowSource } from '../features/feature-source.ts';
import type { WindowRequest } from '../features/feature-windows.ts';
import { type FeatureSequence, rowRange } from './feature-groups.ts';
import { FeatureFolder, type FeatureReading, type RowLengths } from './feature-reading.ts';
import { readSound, type TeacherOfRows } from './sound-rows.ts';
import { teacherPasses } from './teacher-passes.ts';
import type { WindowClient } from './window-client.ts';

export interface WindowFeaturesOptions {
  readonly source: WindowSource;
  readonly windows: WindowClient;
  readonly lengths: RowLengths;
  /** What computes a window that nobody has computed yet. */
  readonly teacher: TeacherOfRows;
}

/** Of a file in a window. */
const nameOf = (cut: number) => `cut-${cut}`;
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
        held = { name: grant.name, files: new FeatureFolder(grant.folder, lengths, source.dtype) };
        return held.files;
      }
      windows.release(grant.name);
    }
  }

  async function make(sequence: FeatureSequence, index: number, folder: string): Promise<void> {
    const files = new FeatureFolder(folder, lengths, source.dtype);
    await teacherPasses({
      ...teacher,
      group: sequence.group,
      rows: rowsOf(sequence, index),
      onMaps: (at, maps, count) => {
        maps.forEach((map, i) => {
          files.write(nameOf(i + 1), i + 1, rowRange(at, at + count), map);
        });
      },
    });
  }

  function requestOf(sequence: FeatureSequence, index: number): WindowRequest {
    // Cut 0, the stem's output, enters no cell.
    const { dtype } = source;
    const perRow = lengths.slice(1).reduce((sum, length) => sum + rowBytes({ length, dtype }), 0);
    const rows = rowsOf(sequence, index).length;
    const { epoch } = sequence;
    return {
      name: `${source.key}/${sequence.name}/${index}`,
      bytes: rows * perRow,
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
        const { group, rows } = sequence;
        const places = rowRange(at - start, end - start);
        const images = rows.subarray(at, end);
        const found = await readSound(
          { files, nameOf, cuts, places, images, group, secondsPerRow: null },
          teacher,
        );
        for (const [i, cut] of cuts.entries()) {
          maps[i]?.set(found[i] ?? [], (at - from) * (lengths[cut] ?? 0));
        }
        at = end;
      }
      return maps;
    },
    close: release,
  };
}
