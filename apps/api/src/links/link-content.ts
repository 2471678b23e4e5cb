import { z } from 'zod';

const rowId = z.uuid();

/** Formats of a table as a file. */
export const tableFormat = z.enum(['PARQUET', 'CSV', 'ARROW']);
export type TableFormat = z.infer<typeof tableFormat>;

/** What a link leads to. */
const target = z.discriminatedUnion('kind', [
  /** The archive of an exported network, by its hash. */
  z.strictObject({ kind: z.literal('artifact'), sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
  /** Rated candidates of one cell, or of all cells of a search when `cellId` is null. */
  z.strictObject({
    kind: z.literal('candidates'),
    format: tableFormat,
    searchId: rowId,
    cellId: rowId.nullable(),
  }),
  /** Curves of jobs; of all keys when `keys` is null. */
  z.strictObject({
    kind: z.literal('curves'),
    format: tableFormat,
    of: z.union([
      z.strictObject({ jobIds: z.array(rowId) }),
      /** Jobs that the search had when the link was made. */
      z.strictObject({ searchId: rowId, until: z.int() }),
    ]),
    keys: z.array(z.string()).nullable(),
  }),
  /** What has a place on a leaderboard. */
  z.strictObject({ kind: z.literal('entries'), format: tableFormat, leaderboardId: rowId }),
  /** Feature maps that were made, as a file with names and shapes. */
  z.strictObject({ kind: z.literal('featureMaps'), featureMapsId: rowId }),
]);
export type LinkTarget = z.infer<typeof target>;

/** A target that is a table. */
export type TableTarget = Exclude<LinkTarget, { kind: 'artifact' | 'featureMaps' }>;

/** Everything that a link says; all of it is signed. */
export const linkContent = z.strictObject({
  target,
  /** Row id of the account that the link was made for; null for who was not signed in. */
  userId: rowId.nullable(),
  /** Milliseconds since the Unix epoch. */
  expiresAt: z.int().positive(),
});
export type LinkContent = z.infer<typeof linkContent>;
