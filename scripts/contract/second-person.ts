import { randomBytes } from 'node:crypto';
import { type Caller, callerOf, type Data } from './caller.ts';
import { Skip } from './case.ts';
import type { Role, World } from './world.ts';

/** An account of the suite's own beside the owner's. */
export interface SecondPerson {
  readonly id: string;
  /** With a token that has READ, WRITE and ADMIN. */
  readonly caller: Caller;
  /** Gives the role in the team of the suite; null: outside of it. */
  become(role: Role | null): Promise<void>;
  /** Some case has changed the role: it is looked up before the next change. */
  forget(): void;
  /** Leaves the team and revokes its token. */
  leave(): Promise<void>;
}

const email = 'contract-suite@blockwise.invalid';

/**
 * Signs the second account in: a new one by an invitation, that of an earlier run by a link, which
 * takes an operator.
 */
export async function signInSecondPerson(world: World): Promise<SecondPerson> {
  const { url, owner, team } = world;
  const cookie = (await signUp(world)) ?? (await signInByLink(world));
  const browser = callerOf(url, { Cookie: cookie });
  const { createToken }: Data = await browser.ask(
    `mutation { createToken(input: { name: "contract suite", scopes: [READ, WRITE, ADMIN], days: 1 }) {
      secret token { id user { id } } } }`,
  );
  const caller = callerOf(url, { Authorization: `Bearer ${createToken.secret}` });
  const { id } = createToken.token.user;
  // Nobody knows where an earlier run has left it.
  let now: Role | null | undefined;

  const become = async (role: Role | null): Promise<void> => {
    if (now === role) return;
    if (now === undefined) now = await roleIn(world, id);
    if (now !== null && role === null) {
      await owner.ask(removeDocument, { input: { team, user: id } });
    } else if (role !== null) {
      if (now === null) {
        const { inviteMember } = await owner.ask(inviteDocument, { input: { team, role, email } });
        await caller.ask(acceptDocument, { input: { secret: inviteMember.secret } });
      }
      await owner.ask(changeDocument, { input: { team, user: id, role } });
    }
    now = role;
  };
  const forget = () => {
    now = undefined;
  };
  return {
    id,
    caller,
    become,
    forget,
    async leave() {
      forget();
      await become(null);
      await caller.ask('mutation ($id: ID!) { revokeToken(input: { token: $id }) { id } }', {
        id: createToken.token.id,
      });
    },
  };
}

async function roleIn({ owner, team }: World, id: string): Promise<Role | null> {
  const found: Data = await owner.ask(
    'query ($team: ID!) { team(id: $team) { members { role user { id } } } }',
    { team },
  );
  return found.team.members.find(({ user }: Data) => user.id === id)?.role ?? null;
}

/** The cookie of a new account; null when there is one of that address already. */
async function signUp({ url, owner, team }: World): Promise<string | null> {
  const { inviteMember } = await owner.ask(inviteDocument, {
    input: { team, role: 'VIEWER', email, days: 1 },
  });
  const response = await fetch(new URL('/auth/sign-up/email', url), {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'X-Blockwise-Invitation': inviteMember.secret,
      Origin: new URL(url).origin,
    },
    body: JSON.stringify({
      email,
      name: 'Contract suite',
      // Never used again: later runs come by a link.
      password: randomBytes(24).toString('base64url'),
    }),
  });
  await owner.ask('mutation ($id: ID!) { revokeInvitation(input: { invitation: $id }) { id } }', {
    id: inviteMember.invitation.id,
  });
  return cookieOf(response);
}

async function signInByLink({ user, owner }: World): Promise<string> {
  if (!user.isOperator) {
    throw new Skip(
      `a second person: there is an account ${email}, and only an operator signs it in`,
    );
  }
  const { createSignInLink } = await owner.ask(
    'mutation ($email: String!) { createSignInLink(input: { email: $email }) { url } }',
    { email },
  );
  const cookie = cookieOf(await fetch(createSignInLink.url, { redirect: 'manual' }));
  if (cookie === null) throw new Error('The sign-in link signed nobody in.');
  return cookie;
}

function cookieOf(response: Response): string | null {
  const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
  return response.status < 400 && cookies.length > 0 ? cookies.join('; ') : null;
}

const inviteDocument = `mutation ($input: InviteMemberInput!) {
  inviteMember(input: $input) { secret invitation { id } }
}`;
const acceptDocument = `mutation ($input: AcceptInvitationInput!) { acceptInvitation(input: $input) { id } }`;
const changeDocument = `mutation ($input: ChangeRoleInput!) { changeRole(input: $input) { id } }`;
const removeDocument = `mutation ($input: RemoveMemberInput!) { removeMember(input: $input) { id } }`;
