import { exportFormat, exportFormats } from '@blockwise/contracts';
import type { Database } from './database.ts';
import type * as models from './generated/models.ts';
import type { ExportFileRow, ExportRow } from './rows.ts';
import { isUuid } from './uuid.ts';

/** What an export is read with. */
export const withFiles = {
  files: { include: { artifact: { select: { bytes: true } } } },
} as const;

type FileModel = models.ExportFileModel & { artifact: { bytes: bigint } };

export function toExportRow(row: models.ExportModel & { files: FileModel[] }): ExportRow {
  const files = row.files.map(
    ({ format, sha256, artifact }): ExportFileRow => ({
      format: exportFormat.parse(format),
      sha256,
      bytes: Number(artifact.bytes),
    }),
  );
  const place = ({ format }: ExportFileRow) => exportFormats.indexOf(format);
  return { ...row, files: files.sort((a, b) => place(a) - place(b)) };
}

export async function readExport(db: Database, id: string): Promise<ExportRow | null> {
  const row = isUuid(id)
    ? await db.prisma.export.findUnique({ where: { id }, include: withFiles })
    : null;
  return row === null ? null : toExportRow(row);
}

/** Exports of searches, oldest first: of their networks and of their teachers. */
export async function exportsOfMany(
  db: Database,
  searchIds: readonly string[],
): Promise<ExportRow[]> {
  const rows = await db.prisma.export.findMany({
    where: { searchId: { in: [...searchIds] } },
    include: withFiles,
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
  return rows.map(toExportRow);
}

/** The file of that content, if it may be downloaded: other artifacts may not. */
export async function readExportFile(db: Database, sha256: string): Promise<ExportFileRow | null> {
  const row = await db.prisma.exportFile.findFirst({
    where: { sha256 },
    include: { artifact: { select: { bytes: true } } },
  });
  if (row === null) {
    return null;
  }
  const { format, artifact } = row;
  return { format: exportFormat.parse(format), sha256, bytes: Number(artifact.bytes) };
}
