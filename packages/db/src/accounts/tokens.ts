import { DomainError, type TokenScope } from '@blockwise/contracts';
import type { Database } from '../database.ts';
import {
  checkFirst,
  decodeCursor,
  encodeCursor,
  isTimeKey,
  type Page,
  type PageRequest,
  toPage,
} from '../page.ts';
import { hashSecret, newSecret } from './secret.ts';

/** Every token's secret begins so. */
export const tokenPrefix = 'bw_';
/** Characters of the secret that are kept for people to tell tokens apart. */
const shownCharacters = 10;

export interface TokenRow {
  readonly id: string;
  readonly userId: string;
  readonly teamId: string | null;
  readonly name: string;
  readonly scopes: readonly TokenScope[];
  readonly prefix: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
  readonly lastUsedAt: Date | null;
}

export interface CreateToken {
  readonly userId: string;
  /** Null: all teams of the user. */
  readonly teamId: string | null;
  readonly name: string;
  readonly scopes: readonly TokenScope[];
  readonly expiresAt: Date;
}

/** Makes a token; its secret is told this once and never again. */
export async function createToken(
  db: Database,
  { scopes, ...data }: CreateToken,
): Promise<{ token: TokenRow; secret: string }> {
  const secret = newSecret(tokenPrefix);
  const token = await db.prisma.token.create({
    data: {
      ...data,
      scopes: [...scopes],
      secretHash: hashSecret(secret),
      prefix: secret.slice(0, shownCharacters),
    },
    omit: { secretHash: true },
  });
  return { token, secret };
}

/** Makes a token worthless; a revoked one stays so. */
export async function revokeToken(db: Database, id: string): Promise<TokenRow> {
  await db.prisma.token.updateMany({
    where: { id, revokedAt: null },
    data: { revokedAt: new Date() },
  });
  const token = await db.prisma.token.findUnique({ where: { id }, omit: { secretHash: true } });
  if (token === null) {
    throw new DomainError('NOT_FOUND', 'There is no such token.', { path: ['token'] });
  }
  return token;
}

export async function readTokens(db: Database, ids: readonly string[]): Promise<TokenRow[]> {
  return db.prisma.token.findMany({
    where: { id: { in: [...ids] } },
    omit: { secretHash: true },
  });
}

export interface ListTokens extends PageRequest {
  readonly userId?: string;
  readonly teamId?: string;
  /** Leaves out what is expired or revoked. */
  readonly activeOnly: boolean;
}

/** Tokens of a user or of a team, newest first. */
export async function listTokens(db: Database, request: ListTokens): Promise<Page<TokenRow>> {
  const first = checkFirst(request.first);
  const after = decodeCursor('tokens', request.after, isTimeKey);
  const rows = await db.prisma.token.findMany({
    where: {
      ...ofTokens(request),
      ...(after === null
        ? {}
        : {
            AND: {
              OR: [{ createdAt: { lt: after[0] } }, { createdAt: after[0], id: { lt: after[1] } }],
            },
          }),
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: first + 1,
    omit: { secretHash: true },
  });
  return toPage(rows, first, (row) => ({
    cursor: encodeCursor('tokens', [row.createdAt.toISOString(), row.id]),
    node: row,
  }));
}

/** How many there are of the same. */
export async function countTokens(
  db: Database,
  request: Omit<ListTokens, 'first'>,
): Promise<number> {
  return db.prisma.token.count({ where: ofTokens(request) });
}

function ofTokens({ userId, teamId, activeOnly }: Omit<ListTokens, 'first'>) {
  return {
    ...(userId === undefined ? {} : { userId }),
    ...(teamId === undefined ? {} : { teamId }),
    ...(activeOnly ? { revokedAt: null, expiresAt: { gt: new Date() } } : {}),
  };
}
