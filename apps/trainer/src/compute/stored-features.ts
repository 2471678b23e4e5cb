import { groupName } from './feature-groups.ts';
import { FeatureFolder, type FeatureReading, type RowLengths } from './feature-reading.ts';

/** Features of which all are stored: any row is read by its place in its group. */
export function openStoredFeatures(folder: string, lengths: RowLengths): FeatureReading {
  const files = new FeatureFolder(folder, lengths);
  return {
    read: async ({ group, rows }, { from, to }, cuts) =>
      cuts.map((cut) => files.read(groupName(group), cut, rows.subarray(from, to))),
    close: () => files.close(),
  };
}
