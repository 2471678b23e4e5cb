import assert from 'node:assert/strict';
import type { Caller, Data, Variables, WireError } from './caller.ts';
import type { Case } from './case.ts';
import type { Operation } from './operation.ts';
import { subscribe } from './subscribe.ts';
import type { Role, World } from './world.ts';

/** Success, refusals and rights of one operation. */
export function casesOf(operation: Operation): Case[] {
  return [...success(operation), ...refusals(operation), ...rights(operation)];
}

function success(operation: Operation): Case[] {
  const { name, variables, check, after, caller } = operation;
  if (operation.who === 'TRAINER' && caller === undefined) return [];
  return [
    {
      name: `${name}: succeeds`,
      async run(world) {
        const given = (await variables?.(world)) ?? {};
        const answer = await call(
          operation,
          world,
          caller ? await caller(world) : world.owner,
          given,
        );
        try {
          await check?.(answer, world, given);
        } finally {
          await after?.(answer, world, given);
        }
      },
    },
  ];
}

function refusals({ name, document, refusals = [] }: Operation): Case[] {
  return refusals.map(({ code, told, variables, path }) => ({
    name: `${name}: ${code} for ${told}`,
    async run(world) {
      const given = await variables(world);
      const error = name.startsWith('Subscription.')
        ? await onlyError(world, document, given)
        : await world.owner.refused(document, given);
      expectRefusal(error, code);
      if (path !== undefined) assert.deepEqual(error.extensions?.path, path);
    },
  }));
}

/** Who may not, cell by cell: no token, bad tokens, too few scopes, too low a role, no member. */
function rights(operation: Operation): Case[] {
  const { name, who, scope, inTeam, unseen } = operation;
  const cases: Case[] = [];
  const refuse = (told: string, codes: readonly string[], as: (world: World) => Promise<Caller>) =>
    cases.push({
      name: `${name}: ${codes.join(' or ')} for ${told}`,
      async run(world) {
        const given = await refusedVariables(operation, world);
        expectRefusal(await errorOf(operation, world, await as(world), given), ...codes);
      },
    });

  refuse('an unknown token', ['UNAUTHENTICATED'], async ({ stranger }) => stranger);
  refuse('a revoked token', ['UNAUTHENTICATED'], (world) => world.withRevokedToken());
  if (who !== 'ANYONE') {
    refuse('nobody signed in', ['UNAUTHENTICATED'], async ({ anonymous }) => anonymous);
    const others = ['READ', 'WRITE', 'ADMIN'].filter((other) => other !== scope);
    refuse(`a token without ${scope}`, ['FORBIDDEN'], (world) => world.withToken(others));
  }
  const as = (role: Role | null) => async (world: World) => (await world.secondAs(role)).caller;
  if (who === 'OPERATOR') refuse('who does not run the server', ['FORBIDDEN'], as('OWNER'));
  if (inTeam !== undefined) {
    const roles = ['VIEWER', 'MEMBER', 'MAINTAINER', 'OWNER'] as const;
    const place = roles.indexOf(who as Role);
    // The team itself is seen by everybody; what is in it is not.
    refuse('no member of the team', ['FORBIDDEN', 'NOT_FOUND'], as(null));
    const below = roles[place - 1];
    // What only maintainers see is not there for others.
    if (below !== undefined) refuse(`the role ${below}`, ['FORBIDDEN', 'NOT_FOUND'], as(below));
    const enough = roles[place];
    if (inTeam === 'refusals and success' && enough !== undefined) {
      cases.push({
        name: `${name}: the role ${enough} is enough`,
        async run(world) {
          const { caller } = await world.secondAs(enough);
          const given = await refusedVariables(operation, world);
          await operation.after?.(await call(operation, world, caller, given), world, given);
        },
      });
    }
  }
  if (unseen !== undefined) {
    cases.push({
      name: `${name}: ${unseen} for who may not see the search`,
      async run(world) {
        const given = await refusedVariables(operation, world);
        const { caller } = await world.secondAs(null);
        const { visibility } = world.finished();
        if (visibility === 'PUBLIC') return;
        if (unseen === 'null') {
          const field = rootOf(operation);
          assert.equal((await caller.ask(operation.document, given))[field], null);
          return;
        }
        expectRefusal(await errorOf(operation, world, caller, given), unseen);
      },
    });
  }
  return cases;
}

async function refusedVariables(operation: Operation, world: World): Promise<Variables> {
  const make = operation.refusedVariables ?? operation.variables;
  return (await make?.(world)) ?? {};
}

/** The value of the root field; of a subscription its payloads. */
async function call(
  operation: Operation,
  world: World,
  caller: Caller,
  given: Variables,
): Promise<Data> {
  const { name, document, payloads: enough } = operation;
  if (!name.startsWith('Subscription.')) {
    return (await caller.ask(document, given))[rootOf(operation)];
  }
  const authorization = caller.headers.Authorization;
  const { payloads, errors, closed } = await subscribe(world.url, document, given, {
    authorization,
    until: (told) => told.length === enough,
  });
  assert.deepEqual([errors, closed], [[], null], 'the subscription must end well');
  return payloads.map((payload) => payload[rootOf(operation)]);
}

async function errorOf(
  { name, document }: Operation,
  world: World,
  caller: Caller,
  given: Variables,
): Promise<WireError> {
  return name.startsWith('Subscription.')
    ? onlyError(world, document, given, caller.headers.Authorization ?? '')
    : caller.refused(document, given);
}

async function onlyError(
  world: World,
  document: string,
  given: Variables,
  authorization = world.owner.headers.Authorization,
): Promise<WireError> {
  const { errors, payloads } = await subscribe(world.url, document, given, {
    authorization,
    until: () => true,
  });
  const [error] = errors;
  assert.ok(error !== undefined, `it must be refused: ${JSON.stringify(payloads)}`);
  return error;
}

/** A refusal with one of the codes, and everything that every refusal has. */
export function expectRefusal(error: WireError, ...codes: readonly string[]): void {
  const { code, requestId, stacktrace } = error.extensions ?? {};
  assert.ok(
    codes.includes(String(code)),
    `expected ${codes.join(' or ')}, got ${code}: ${error.message}`,
  );
  assert.notEqual(error.message.trim(), '', 'a refusal says why');
  assert.equal(typeof requestId, 'string', 'a refusal has the id of its request');
  assert.equal(stacktrace, undefined, 'no refusal shows a stack');
}

function rootOf({ name }: Operation): string {
  return name.slice(name.indexOf('.') + 1);
}
