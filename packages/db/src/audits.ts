import type { Database } from './database.ts';
import { toAuditRow } from './from-network-rows.ts';
import type { AuditRow, BlockChoice } from './rows.ts';
import { isUuid } from './uuid.ts';

/** Audits of a search, oldest first. */
export async function auditsOf(db: Database, searchId: string): Promise<AuditRow[]> {
  const rows = await db.prisma.audit.findMany({
    where: { searchId },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
  return rows.map(toAuditRow);
}

export async function readAudit(db: Database, id: string): Promise<AuditRow | null> {
  const row = isUuid(id) ? await db.prisma.audit.findUnique({ where: { id } }) : null;
  return row === null ? null : toAuditRow(row);
}

/** A network of an audit beside what was predicted of it. */
export interface AuditedNetwork {
  readonly networkId: string;
  readonly architecture: string;
  readonly choices: readonly BlockChoice[];
  /** Of all blocks together, as it was when the network was drawn. */
  readonly loss: number;
  /** Rated loss of each block's path, unweighted. */
  readonly losses: readonly number[];
  readonly params: number;
  readonly macs: number;
  /** Mean over its trainings, on the test part, 0..1; null when none worked, or not yet. */
  readonly top1: number | null;
}

/** Networks of an audit by macs: what a report on the ranking reads. */
export async function auditedNetworks(db: Database, auditId: string): Promise<AuditedNetwork[]> {
  const networks = await db.prisma.network.findMany({
    where: { auditId },
    orderBy: [{ macs: 'asc' }, { id: 'asc' }],
  });
  const [first] = networks;
  if (first === undefined) {
    return [];
  }
  const cells = await db.prisma.cell.findMany({ where: { searchId: first.searchId } });
  const wanted = networks.map((network) =>
    (network.choices as unknown as BlockChoice[]).map(({ cell, path }, block) => {
      const row = cells.find((one) => one.block === block && one.index === cell);
      if (row === undefined) {
        throw new Error(`network ${network.id} has a cell that its search lacks`);
      }
      return { cellId: row.id, index: candidateIndex(path, row.candidateCount) };
    }),
  );
  const pairs = wanted.flat();
  const rated = await db.prisma.$queryRaw<{ cellId: string; index: number; loss: number }[]>`
    SELECT candidate.cell_id AS "cellId", candidate.index, candidate.loss
    FROM (
      SELECT DISTINCT * FROM unnest(
        ${pairs.map(({ cellId }) => cellId)}::uuid[], ${pairs.map(({ index }) => index)}::int[]
      )
    ) AS wanted (cell_id, index) JOIN candidate USING (cell_id, index)`;
  const losses = new Map(rated.map(({ cellId, index, loss }) => [`${cellId} ${index}`, loss]));
  return networks.map((network, i) => ({
    networkId: network.id,
    architecture: network.architecture,
    choices: network.choices as unknown as BlockChoice[],
    loss: network.loss,
    losses: (wanted[i] ?? []).map(({ cellId, index }) => {
      const loss = losses.get(`${cellId} ${index}`);
      if (loss === undefined) {
        throw new Error(`path ${index} of cell ${cellId} has no rating`);
      }
      return loss;
    }),
    params: Number(network.params),
    macs: Number(network.macs),
    top1: network.top1,
  }));
}

/** Position of a path in the lexicographic order of its cell's, whose layers have equally many ops. */
function candidateIndex(path: readonly number[], candidateCount: number): number {
  const ops = Math.round(candidateCount ** (1 / path.length));
  return path.reduce((index, op) => index * ops + op, 0);
}
