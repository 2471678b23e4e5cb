import type { TeamRole, TokenScope } from '@blockwise/contracts';
import type { Database } from '../database.ts';
import { hashSecret } from './secret.ts';
import { tokenPrefix } from './tokens.ts';

/** Who asks, and what that allows. */
export interface Principal {
  readonly userId: string;
  /** Null for a signed-in browser. */
  readonly tokenId: string | null;
  readonly isOperator: boolean;
  readonly scopes: readonly TokenScope[];
  /** Of a token of one team; null: good for all teams of its user. */
  readonly onlyTeamId: string | null;
  /** Role by team; a token of one team has that one only. */
  readonly roles: ReadonlyMap<string, TeamRole>;
  /** After this moment it is nobody any more; null for browsers, whose sessions are read each time. */
  readonly expiresAt: Date | null;
}

/** Of a browser's session: everything a person may do. Null when there is no such account. */
export async function principalOfUser(db: Database, userId: string): Promise<Principal | null> {
  const user = await db.prisma.user.findUnique({
    where: { id: userId },
    include: { memberships: true },
  });
  return user === null
    ? null
    : {
        userId,
        tokenId: null,
        onlyTeamId: null,
        isOperator: user.isOperator,
        scopes: ['READ', 'WRITE', 'ADMIN'],
        roles: rolesOf(user.memberships, null),
        expiresAt: null,
      };
}

const noteUseAfterSeconds = 60;

/** Of a token's secret; null when there is none, or it is expired or revoked. */
export async function principalOfToken(db: Database, secret: string): Promise<Principal | null> {
  if (!secret.startsWith(tokenPrefix)) {
    return null;
  }
  const token = await db.prisma.token.findUnique({
    where: { secretHash: hashSecret(secret) },
    include: { user: { include: { memberships: true } } },
  });
  return token === null ? null : await principalOf(db, token);
}

/** Of a token that was known before; null once it is expired or revoked. */
export async function principalOfTokenId(db: Database, id: string): Promise<Principal | null> {
  const token = await db.prisma.token.findUnique({
    where: { id },
    include: { user: { include: { memberships: true } } },
  });
  return token === null ? null : await principalOf(db, token);
}

interface TokenWithUser {
  readonly id: string;
  readonly teamId: string | null;
  readonly scopes: readonly TokenScope[];
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
  readonly lastUsedAt: Date | null;
  readonly user: {
    readonly id: string;
    readonly isOperator: boolean;
    readonly memberships: readonly MembershipRow[];
  };
}

async function principalOf(db: Database, token: TokenWithUser): Promise<Principal | null> {
  const now = new Date();
  if (token.revokedAt !== null || token.expiresAt <= now) {
    return null;
  }
  const lastUsed = token.lastUsedAt?.getTime() ?? 0;
  if (now.getTime() - lastUsed > noteUseAfterSeconds * 1000) {
    await db.prisma.token.update({ where: { id: token.id }, data: { lastUsedAt: now } });
  }
  return {
    userId: token.user.id,
    tokenId: token.id,
    onlyTeamId: token.teamId,
    // A token of one team does not run the server.
    isOperator: token.user.isOperator && token.teamId === null,
    scopes: token.scopes,
    roles: rolesOf(token.user.memberships, token.teamId),
    expiresAt: token.expiresAt,
  };
}

interface MembershipRow {
  readonly teamId: string;
  readonly role: TeamRole;
}

function rolesOf(
  memberships: readonly MembershipRow[],
  onlyTeam: string | null,
): ReadonlyMap<string, TeamRole> {
  return new Map(
    memberships
      .filter(({ teamId }) => onlyTeam === null || teamId === onlyTeam)
      .map(({ teamId, role }) => [teamId, role]),
  );
}
