import { DomainError, type TokenScope } from '@blockwise/contracts';
import type { Database } from '../database.ts';
import { Prisma } from '../generated/client.ts';
import type { Order } from '../keys.ts';
import { ownedList } from '../owned-list.ts';
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

interface TokenFilter {
  /** Leaves out what is expired or revoked. */
  readonly activeOnly: boolean;
}

type TokenOrderField = 'CREATED_AT' | 'NAME' | 'EXPIRES_AT' | 'LAST_USED_AT';

const orders: Record<TokenOrderField, Order> = {
  CREATED_AT: { value: Prisma.sql`token.created_at`, type: 'time', direction: 'DESC' },
  NAME: { value: Prisma.sql`token.name`, type: 'text', direction: 'ASC' },
  EXPIRES_AT: { value: Prisma.sql`token.expires_at`, type: 'time', direction: 'ASC' },
  LAST_USED_AT: {
    ...{ value: Prisma.sql`token.last_used_at`, type: 'time', direction: 'DESC' },
    isNullable: true,
  },
};

const tokensBy = (owner: Prisma.Sql) =>
  ownedList<TokenRow, TokenFilter, TokenOrderField>({
    name: 'tokens',
    from: Prisma.sql`token`,
    id: Prisma.sql`token.id`,
    owner,
    usual: 'CREATED_AT',
    orders,
    where: ({ activeOnly } = { activeOnly: false }) =>
      activeOnly
        ? Prisma.sql`(token.revoked_at IS NULL AND token.expires_at > ${new Date()})`
        : Prisma.sql`true`,
    read: readTokens,
    idOf: ({ id }) => id,
  });

/** Tokens that people made, newest first if nothing else is asked for. */
export const tokensOfUsers = tokensBy(Prisma.sql`token.user_id`);
/** Tokens that are good for one team only, by team; ordered as those of people. */
export const tokensOfTeams = tokensBy(Prisma.sql`token.team_id`);
