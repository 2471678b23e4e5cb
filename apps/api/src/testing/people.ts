import type { TeamRole, TokenScope } from '@blockwise/contracts';
import { createTeam, createToken, type Database, ensureOwner, localTeamId } from '@blockwise/db';

/** Everybody who may come to a server, each with a token's secret; null: without any. */
export const people = [
  'nobody',
  'outsider',
  'viewer',
  'member',
  'maintainer',
  'owner',
  'operator',
  'read token',
  'write token',
  'admin token',
  'trainer',
  'expired',
  'revoked',
] as const;
export type Person = (typeof people)[number];

export interface People {
  readonly tokens: Readonly<Record<Person, string | null>>;
  /** Of accounts by name, row ids. */
  readonly users: Readonly<
    Record<'outsider' | 'viewer' | 'member' | 'maintainer' | 'owner', string>
  >;
  /** Puts back roles and tokens that a call has changed. */
  restore(): Promise<void>;
}

const everything: readonly TokenScope[] = ['READ', 'WRITE', 'ADMIN'];
const roles = ['VIEWER', 'MEMBER', 'MAINTAINER', 'OWNER'] as const satisfies TeamRole[];

/**
 * Fills the local team with one person of each role, and brings some who are not in it: an outsider
 * with a team of its own, and an operator who is a member of nothing. Tokens of one scope are the
 * owner's; so are the expired and the revoked one.
 */
export async function bringPeople(db: Database): Promise<People> {
  const { owner: operator } = await ensureOwner(db);
  const user = async (name: string) => {
    const email = `${name.toLowerCase()}@example.org`;
    return (await db.prisma.user.create({ data: { name, email } })).id;
  };
  const byRole = new Map<TeamRole, string>();
  for (const role of roles) byRole.set(role, await user(role));
  const of = (role: TeamRole) => byRole.get(role) ?? '';
  const outsider = await user('OUTSIDER');
  await createTeam(db, { name: 'elsewhere', ownerId: outsider });

  const kept: string[] = [];
  const token = async (userId: string, scopes: readonly TokenScope[], days = 300) => {
    const expiresAt = new Date(Date.now() + days * 24 * 3600 * 1000);
    const made = await createToken(db, { userId, teamId: null, name: 'test', scopes, expiresAt });
    if (days > 0) kept.push(made.token.id);
    return made;
  };
  const revoked = await token(of('OWNER'), everything);
  kept.splice(kept.indexOf(revoked.token.id), 1);
  const secretOf = async (...asked: Parameters<typeof token>) => (await token(...asked)).secret;
  const tokens = {
    nobody: null,
    outsider: await secretOf(outsider, everything),
    viewer: await secretOf(of('VIEWER'), everything),
    member: await secretOf(of('MEMBER'), everything),
    maintainer: await secretOf(of('MAINTAINER'), everything),
    owner: await secretOf(of('OWNER'), everything),
    operator: await secretOf(operator.id, everything),
    'read token': await secretOf(of('OWNER'), ['READ']),
    'write token': await secretOf(of('OWNER'), ['WRITE']),
    'admin token': await secretOf(of('OWNER'), ['ADMIN']),
    trainer: await secretOf(operator.id, ['TRAIN']),
    expired: await secretOf(of('OWNER'), everything, -1),
    revoked: revoked.secret,
  } satisfies Record<Person, string | null>;

  const restore = async () => {
    const rows = roles.map((role) => ({ teamId: localTeamId, userId: of(role), role }));
    await db.prisma.membership.deleteMany({ where: { teamId: localTeamId } });
    await db.prisma.membership.createMany({ data: rows });
    await db.prisma.token.updateMany({ where: { id: { in: kept } }, data: { revokedAt: null } });
  };
  await restore();
  await db.prisma.token.update({
    where: { id: revoked.token.id },
    data: { revokedAt: new Date() },
  });
  return {
    tokens,
    users: {
      outsider,
      viewer: of('VIEWER'),
      member: of('MEMBER'),
      maintainer: of('MAINTAINER'),
      owner: of('OWNER'),
    },
    restore,
  };
}
