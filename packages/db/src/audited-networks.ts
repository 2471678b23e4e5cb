import type { Database } from './database.ts';
import { toChoices } from './from-network-rows.ts';
import type { BlockChoice } from './rows.ts';

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
  const cells = await db.prisma.cell.findMany({
    where: { search: { audits: { some: { id: auditId } } } },
  });
  const candidates = networks.map((network) =>
    toChoices(network.choices).map(({ cell, path }, block) => {
      const row = cells.find((one) => one.block === block && one.index === cell);
      if (row === undefined) {
        throw new Error(`network ${network.id} has a cell that its search lacks`);
      }
      return { cellId: row.id, index: candidateIndex(path, row.candidateCount) };
    }),
  );
  const lossOf = await readLosses(db, candidates.flat());
  return networks.map((network, i) => ({
    networkId: network.id,
    architecture: network.architecture,
    choices: toChoices(network.choices),
    loss: network.loss,
    losses: (candidates[i] ?? []).map(lossOf),
    params: Number(network.params),
    macs: Number(network.macs),
    top1: network.top1,
  }));
}

interface CandidateKey {
  readonly cellId: string;
  readonly index: number;
}

/** Reads the losses of candidates, which repeat where networks share a path. */
async function readLosses(
  db: Database,
  keys: readonly CandidateKey[],
): Promise<(key: CandidateKey) => number> {
  const rows = await db.prisma.$queryRaw<(CandidateKey & { loss: number })[]>`
    SELECT candidate.cell_id AS "cellId", candidate.index, candidate.loss
    FROM (
      SELECT DISTINCT * FROM unnest(
        ${keys.map(({ cellId }) => cellId)}::uuid[], ${keys.map(({ index }) => index)}::int[]
      )
    ) AS wanted (cell_id, index) JOIN candidate USING (cell_id, index)`;
  const losses = new Map(rows.map(({ cellId, index, loss }) => [`${cellId} ${index}`, loss]));
  return ({ cellId, index }) => {
    const loss = losses.get(`${cellId} ${index}`);
    if (loss === undefined) {
      throw new Error(`path ${index} of cell ${cellId} has no rating`);
    }
    return loss;
  };
}

/** Position of a path in the lexicographic order of its cell's, whose layers have equally many ops. */
function candidateIndex(path: readonly number[], candidateCount: number): number {
  const ops = Math.round(candidateCount ** (1 / path.length));
  return path.reduce((index, op) => index * ops + op, 0);
}
