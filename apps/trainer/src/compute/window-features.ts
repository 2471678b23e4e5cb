import { featureFile, writeRows } from '../features/feature-files.ts';
import type { WindowSource } from '../features/feature-source.ts';
import type { WindowPlace } from '../features/feature-windows.ts';
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
    const name = `${source.key}/${sequence.name}/${index}`;
    if (held?.name === name) return held.files;
    release();
    const first = index * source.rows;
    const rows = sequence.rows.subarray(first, first + source.rows);
    // Cut 0, the stem's output, enters no cell.
    const values = lengths.slice(1).reduce((sum, length) => sum + length, 0);
    const { folder, compute } = await windows.take({
      name,
      bytes: rows.length * values * Float32Array.BYTES_PER_ELEMENT,
      budgetBytes: source.budgetBytes,
      place: placeOf(sequence, index),
    });
    if (compute) {
      await teacherPasses({
        ...teacher,
        group: sequence.group,
        rows,
        onMaps: (at, maps) => {
          maps.forEach((map, i) => {
            writeRows(featureFile(folder, fileName, i + 1), at, lengths[i + 1] ?? 0, map);
          });
        },
      });
      windows.completed(name);
    }
    held = { name, files: new FeatureFolder(folder, lengths) };
    return held.files;
  }

  function placeOf({ epoch, rows }: FeatureSequence, index: number): WindowPlace | null {
    if (epoch === null) return null;
    const perEpoch = Math.ceil(rows.length / source.rows);
    return { walk: source.key, number: epoch * perEpoch + index };
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
