import { zipSync } from 'fflate';

/** Files by their path inside of an archive. */
export type ExportFiles = ReadonlyMap<string, Uint8Array>;

/**
 * Files as one zip archive, not compressed: weights hardly shrink. The same files always give the
 * same bytes, so an archive is named by its content like everything that is stored.
 */
export function packFiles(files: ExportFiles): Uint8Array {
  // The earliest time that the format knows; it has no time zones.
  const mtime = new Date(1980, 0, 1);
  return zipSync(Object.fromEntries(files), { level: 0, mtime });
}
