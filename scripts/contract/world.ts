import { type Caller, callerOf, type Data } from './caller.ts';
import { Skip } from './case.ts';
import { type FinishedSearch, findFinishedSearch } from './finished-search.ts';
import type { ContractFlags } from './flags.mjs';
import { cancel, ownSearch, pausedSearch } from './own-search.ts';
import { type SecondPerson, signInSecondPerson } from './second-person.ts';

export type Role = 'VIEWER' | 'MEMBER' | 'MAINTAINER' | 'OWNER';

/** The server with what the suite has made on it for itself. */
export interface World {
  readonly url: string;
  /** With the token of the command line. */
  readonly owner: Caller;
  readonly anonymous: Caller;
  /** With a token that does not exist. */
  readonly stranger: Caller;
  /** Account of the owner. */
  readonly user: { readonly id: string; readonly isOperator: boolean };
  /** A team of the suite's own, in which the owner is alone, but for the second person at times. */
  readonly team: string;
  readonly mayWork: boolean;
  /** A caller with a new token of the owner, which is revoked at the end. */
  withToken(scopes: readonly string[]): Promise<Caller>;
  /** With a token of the owner that is revoked already. */
  withRevokedToken(): Promise<Caller>;
  /** The complete search that is read from. Throws {@link Skip} when there is none. */
  finished(): FinishedSearch;
  /** A search of the team that is cancelled at once: its id. */
  own(): Promise<string>;
  /** A search of the team that is paused, until this run ends: its id. Throws {@link Skip}. */
  paused(): Promise<string>;
  /** The second person in a role in the team, or outside of it. Throws {@link Skip}. */
  secondAs(role: Role | null): Promise<SecondPerson>;
  /** Takes back what was made, as far as the API can. Answers what stays, in words. */
  leave(): Promise<readonly string[]>;
}

/** Makes what the cases need. Throws when the token cannot do that. */
export async function openWorld({ url, token, search, work }: ContractFlags): Promise<World> {
  const signedIn = (secret: string) => callerOf(url, { Authorization: `Bearer ${secret}` });
  const owner = signedIn(token);
  const { viewer } = await owner.ask('{ viewer { scopes user { id isOperator } } }');
  if (viewer === null) throw new Error('The token signs nobody in.');
  const lacking = ['READ', 'WRITE', 'ADMIN'].filter((scope) => !viewer.scopes.includes(scope));
  if (lacking.length > 0) throw new Error(`The token lacks the scope ${lacking.join(' and ')}.`);

  const team = await ownTeam(owner, viewer.user.id);
  const finished = await findFinishedSearch(owner, search);
  const tokens: string[] = [];
  const made = new Map<string, Promise<Caller>>();
  let second: Promise<SecondPerson> | undefined;
  let own: Promise<string> | undefined;
  let paused: Promise<string> | undefined;
  let revoked: Promise<Caller> | undefined;

  const makeToken = async (scopes: readonly string[]) => {
    const input = { name: 'contract suite', scopes, days: 1 };
    const { createToken } = await owner.ask(createTokenDocument, { input });
    return createToken;
  };
  const revoke = (id: string) =>
    owner.ask('mutation ($id: ID!) { revokeToken(input: { token: $id }) { id } }', { id });

  const world: World = {
    url,
    owner,
    anonymous: callerOf(url, {}),
    stranger: signedIn('bwt_0000000000000000000000000000000000000000000'),
    user: viewer.user,
    team,
    mayWork: work,
    withToken(scopes) {
      const key = scopes.join(' ');
      const caller =
        made.get(key) ??
        makeToken(scopes).then((created: Data) => {
          tokens.push(created.token.id);
          return signedIn(created.secret);
        });
      made.set(key, caller);
      return caller;
    },
    withRevokedToken() {
      revoked ??= makeToken(['READ']).then(async (created: Data) => {
        await revoke(created.token.id);
        return signedIn(created.secret);
      });
      return revoked;
    },
    finished() {
      if (finished === null) throw new Skip('the token sees no complete search');
      return finished;
    },
    own() {
      own ??= ownSearch(owner, team);
      return own;
    },
    async paused() {
      if (!work) throw new Skip('starts work: --work allows it');
      paused ??= pausedSearch(owner, team);
      return paused;
    },
    async secondAs(role) {
      second ??= signInSecondPerson(world);
      const person = await second;
      await person.become(role);
      return person;
    },
    async leave() {
      const person = await second?.catch(() => undefined);
      await person?.leave();
      const held = await paused?.catch(() => undefined);
      if (held !== undefined) await cancel(owner, held);
      for (const id of tokens) await revoke(id);
      const { errors } = await owner.post(
        'mutation ($id: ID!) { deleteTeam(input: { team: $id }) { id } }',
        { id: team },
      );
      return [
        ...(errors.length > 0 ? ['the team of the suite with its cancelled searches'] : []),
        ...(person === undefined ? [] : ['the account of the suite']),
      ];
    },
  };
  return world;
}

const createTokenDocument = `mutation ($input: CreateTokenInput!) {
  createToken(input: $input) { secret token { id } }
}`;

/** The team of an earlier run, or a new one. */
async function ownTeam(owner: Caller, user: string): Promise<string> {
  const name = `Contract suite ${user.slice(-8)}`;
  let after: string | null = null;
  for (;;) {
    const { teams }: Data = await owner.ask(
      'query ($after: String) { teams(first: 100, after: $after) { nodes { id name } pageInfo { hasNextPage endCursor } } }',
      { after },
    );
    const kept = teams.nodes.find((each: Data) => each.name === name);
    if (kept !== undefined) return kept.id;
    if (!teams.pageInfo.hasNextPage) break;
    after = teams.pageInfo.endCursor;
  }
  const { createTeam } = await owner.ask(
    'mutation ($name: String!) { createTeam(input: { name: $name }) { id } }',
    { name },
  );
  return createTeam.id;
}
