import type { StoredSource } from '../features/feature-source.ts';
import { groupName } from './feature-groups.ts';
import { FeatureFolder, type FeatureReading, type RowLengths } from './feature-reading.ts';
import { readSound, type TeacherOfRows } from './sound-rows.ts';

/** Features of which all are stored: any row is read by its place in its group. */
export function openStoredFeatures(
  { folder, groups, dtype, secondsPerRow }: StoredSource,
  lengths: RowLengths,
  teacher: TeacherOfRows,
): FeatureReading {
  const files = new FeatureFolder(folder, lengths, dtype);
  return {
    read: ({ group, rows }, { from, to }, cuts) => {
      const stored = groups.find((one) => groupName(one.group) === groupName(group));
      const nameOf = (cut: number) => {
        const name = stored?.files[cut - 1];
        if (name === undefined)
          throw new Error(`${groupName(group)} has no features of cut ${cut}`);
        return name;
      };
      const places = rows.subarray(from, to);
      return readSound(
        { files, nameOf, cuts, places, images: places, group, secondsPerRow },
        teacher,
      );
    },
    close: () => files.close(),
  };
}
