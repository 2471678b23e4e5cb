import type { Database } from './database.ts';
import type { FeatureMapsModel } from './generated/models.ts';
import type { FeatureMapsRow } from './rows.ts';

export function toFeatureMapsRow(row: FeatureMapsModel): FeatureMapsRow {
  const { sha256, loss, mse, madeAt, ...order } = row;
  const made =
    sha256 === null || loss === null || mse === null || madeAt === null
      ? null
      : { sha256, loss, mse, madeAt };
  return { ...order, made };
}

/** Feature maps by their ids; those that there are not are missing. */
export async function readFeatureMaps(
  db: Database,
  ids: readonly string[],
): Promise<FeatureMapsRow[]> {
  const rows = await db.prisma.featureMaps.findMany({ where: { id: { in: [...ids] } } });
  return rows.map(toFeatureMapsRow);
}

/** Feature maps of cells, those that were asked for last first. */
export async function featureMapsOfCells(
  db: Database,
  cellIds: readonly string[],
): Promise<FeatureMapsRow[]> {
  const rows = await db.prisma.featureMaps.findMany({
    where: { cellId: { in: [...cellIds] } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
  });
  return rows.map(toFeatureMapsRow);
}
