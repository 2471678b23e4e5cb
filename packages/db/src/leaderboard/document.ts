import {
  DomainError,
  type LeaderboardDocument,
  type LeaderboardDocumentEntry,
  leaderboardDocument,
  type Visibility,
} from '@blockwise/contracts';
import type { Database } from '../database.ts';
import { isUuid } from '../uuid.ts';
import { boardOrder, changeBoard, ranked } from './board-transaction.ts';
import { canonicalHash } from './canonical-json.ts';
import { overBudget, toColumns } from './enter.ts';
import { toEntryRow, toLeaderboardRow } from './from-board-rows.ts';
import type { EntryRow, LeaderboardRow } from './rows.ts';

/**
 * A board with its ranked entries as a document that can be read without this server. What it says
 * of where entries come from is their team's and their search's name.
 *
 * @throws DomainError NOT_FOUND
 */
export async function exportLeaderboard(db: Database, id: string): Promise<LeaderboardDocument> {
  const row = isUuid(id)
    ? await db.prisma.leaderboard.findUnique({
        where: { id },
        include: {
          entries: {
            where: { state: ranked },
            orderBy: [...boardOrder],
            include: { team: { select: { name: true } }, search: { select: { name: true } } },
          },
        },
      })
    : null;
  if (row === null) {
    throw new DomainError('NOT_FOUND', 'There is no such leaderboard.', { path: ['leaderboard'] });
  }
  const { entries, ...own } = row;
  const { name, description, dataset, metric, budget, tolerance } = toLeaderboardRow(own);
  const rest: Omit<LeaderboardDocument, 'sha256'> = {
    format: 'blockwise-leaderboard',
    version: 1,
    exportedAt: new Date().toISOString(),
    leaderboard: { name, description, dataset, metric, budget, tolerance },
    entries: entries.map(({ team, search, ...entry }, i) =>
      documentEntry(toEntryRow(entry), i + 1, team.name, search?.name ?? null),
    ),
  };
  return { ...rest, sha256: canonicalHash(rest) };
}

function documentEntry(
  entry: EntryRow,
  rank: number,
  team: string,
  search: string | null,
): LeaderboardDocumentEntry {
  const { imported, verification } = entry;
  return {
    rank,
    state: entry.state,
    team: imported?.team ?? team,
    search: imported === null ? search : imported.search,
    architecture: entry.architecture,
    params: entry.params,
    macs: entry.macs,
    flopsTool: entry.flopsTool,
    activationBytes: entry.activationBytes,
    latencyMs: entry.latencyMs,
    top1: entry.top1,
    top1Deviation: entry.top1Deviation,
    verifiedTop1: verification?.top1 ?? null,
    verifiedAt: verification?.at.toISOString() ?? null,
    teacherTop1: entry.teacherTop1,
    predictedRank: entry.predictedRank,
    predictedLoss: entry.predictedLoss,
    training: entry.training,
    trainings: [...entry.trainings],
    costs: [...entry.costs],
    enteredAt: entry.createdAt.toISOString(),
  };
}

export interface ImportLeaderboard {
  readonly teamId: string;
  readonly userId: string | null;
  /** As {@link exportLeaderboard} made it. */
  readonly document: unknown;
  /** In place of the document's. */
  readonly name?: string | undefined;
  readonly visibility: Visibility;
}

/**
 * Makes a board of a document. Its entries are UNVERIFIED, whatever they were there: their weights
 * are not here.
 *
 * @throws DomainError BAD_INPUT, path under ['document'], when it is none, was altered, or an entry
 *   does not meet its own board's budget
 */
export async function importLeaderboard(
  db: Database,
  { teamId, userId, document, name, visibility }: ImportLeaderboard,
): Promise<LeaderboardRow> {
  const { leaderboard, entries, exportedAt } = readDocument(document);
  const { dataset, budget } = leaderboard;
  const row = await db.prisma.$transaction(
    async (tx) => {
      const made = await tx.leaderboard.create({
        data: {
          ...{ teamId, visibility, createdById: userId, name: name ?? leaderboard.name },
          ...{ description: leaderboard.description, tolerance: leaderboard.tolerance },
          ...{ datasetHash: dataset.hash, datasetKind: dataset.kind },
          ...{ imageSize: dataset.imageSize, classCount: dataset.classes },
          ...{ testCount: dataset.testCount, metric: leaderboard.metric },
          ...{ budgetAxis: budget?.axis ?? null, budgetMax: budget?.max ?? null },
        },
      });
      await changeBoard(tx, made.id, async ({ tell }) => {
        const rows = await tx.entry.createManyAndReturn({
          data: entries.map((entry) => {
            const {
              rank: _,
              state,
              team,
              search,
              enteredAt,
              verifiedTop1,
              verifiedAt,
              ...subject
            } = entry;
            const verified = state === 'VERIFIED';
            return {
              ...toColumns(subject),
              ...{ leaderboardId: made.id, teamId, createdById: userId, datasetHash: dataset.hash },
              imported: { team, search, leaderboard: leaderboard.name, exportedAt, verified },
            };
          }),
          select: { id: true, top1: true },
        });
        for (const { id, top1 } of rows) {
          tell({ kind: 'ENTERED', entryId: id, top1 });
        }
      });
      return tx.leaderboard.findUniqueOrThrow({ where: { id: made.id } });
    },
    { timeout: 30_000 },
  );
  return toLeaderboardRow(row);
}

/** @throws DomainError BAD_INPUT */
function readDocument(document: unknown): LeaderboardDocument {
  const parsed = leaderboardDocument.safeParse(document);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const path = issue?.path.filter((part) => typeof part !== 'symbol') ?? [];
    throw new DomainError('BAD_INPUT', `This is no document of a board: ${issue?.message}.`, {
      path: ['document', ...path],
      cause: parsed.error,
    });
  }
  // Of what was sent: parsing may fill in what a later version added.
  const { sha256, ...rest } = document as LeaderboardDocument;
  if (canonicalHash(rest) !== sha256) {
    throw new DomainError('BAD_INPUT', 'The document was altered: its hash does not fit it.', {
      path: ['document', 'sha256'],
    });
  }
  for (const [i, entry] of parsed.data.entries.entries()) {
    const over = overBudget(parsed.data.leaderboard.budget, entry);
    if (over !== null) {
      throw new DomainError('BAD_INPUT', over, { path: ['document', 'entries', i] });
    }
  }
  return parsed.data;
}
