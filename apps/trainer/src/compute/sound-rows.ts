import type { FeatureGroup } from './feature-groups.ts';
import type { FeatureFolder } from './feature-reading.ts';
import { passSeconds } from './pass-cost.ts';
import { type TeacherPasses, teacherPasses } from './teacher-passes.ts';

/** What computes rows that are not there or not sound. */
export type TeacherOfRows = Omit<TeacherPasses, 'group' | 'rows' | 'onMaps'>;

export interface RowsWanted {
  readonly files: FeatureFolder;
  /** Of the file with a cut's features. */
  readonly nameOf: (cut: number) => string;
  readonly cuts: readonly number[];
  /** Places in the files. */
  readonly places: Uint32Array;
  /** What the rows at the places are of: rows of the group. */
  readonly images: Uint32Array;
  readonly group: FeatureGroup;
  /** Of a row, where whoever wrote it measured it. */
  readonly secondsPerRow: number | null;
}

/** A disk that does not hold what is written to it is no cache. */
const mostMendings = 3;

/**
 * Reads feature maps at each of the cuts. What is missing or damaged, whoever did it and whenever, is
 * computed again and put back in its place.
 */
export async function readSound(
  wanted: RowsWanted,
  teacher: TeacherOfRows,
): Promise<Float32Array[]> {
  const { files, nameOf, cuts, places } = wanted;
  for (let mendings = 0; ; mendings++) {
    const found = cuts.map((cut) => files.read(nameOf(cut), cut, places));
    const unsound = [...new Set(found.flatMap((rows) => rows.unsound))].sort((a, b) => a - b);
    if (unsound.length === 0) {
      const bytes = places.length * cuts.reduce((sum, cut) => sum + files.bytesOf(cut), 0);
      const seconds = passSeconds(teacher.teacher) ?? wanted.secondsPerRow;
      teacher.tally.read(places.length, bytes, seconds);
      return found.map(({ values }) => values);
    }
    if (mendings === mostMendings) throw new Error('feature files do not keep what is written');
    const lost = cuts.filter((_, i) => (found[i]?.unsound.length ?? 0) > 0).map(nameOf);
    tell(files, lost, teacher);
    await mend(wanted, teacher, unsound);
  }
}

/** Once of every file: a lost one is mended batch by batch. */
function tell(files: FeatureFolder, lost: readonly string[], { reporter }: TeacherOfRows): void {
  for (const name of lost) {
    if (files.toldLost.has(name)) continue;
    files.toldLost.add(name);
    reporter.warning(
      `Rows of the stored teacher features ${name} are missing or damaged; they are computed again.`,
    );
  }
}

/** @param unsound positions among the places */
async function mend(
  { files, nameOf, cuts, places, images, group }: RowsWanted,
  teacher: TeacherOfRows,
  unsound: readonly number[],
): Promise<void> {
  await teacherPasses({
    ...teacher,
    group,
    rows: Uint32Array.from(unsound, (position) => images[position] ?? 0),
    onMaps: (first, maps, count) => {
      for (const cut of cuts) {
        const at = unsound.slice(first, first + count).map((position) => places[position] ?? 0);
        files.write(nameOf(cut), cut, at, maps[cut - 1] ?? new Float32Array());
      }
    },
  });
  // A file that was not there is now.
  files.close();
}
