import assert from 'node:assert/strict';
import type { Case } from './case.ts';
import { expectRefusal } from './operation-cases.ts';
import type { World } from './world.ts';

const json = { 'Content-Type': 'application/json' };

function send({ url, owner }: World, body: string, headers: Record<string, string> = json) {
  return fetch(url, { method: 'POST', headers: { ...owner.headers, ...headers }, body });
}

/** An answer that is no success: no data, and a status or an error that says so. */
async function expectNoData(response: Response): Promise<void> {
  const text = await response.text();
  assert.ok(!/"data":\s*\{/.test(text), `nothing may be answered: ${text.slice(0, 200)}`);
  assert.ok(response.status >= 400 && response.status < 500, `status ${response.status}`);
}

/** How operations are sent, and what is refused before anything runs. */
export const transportCases: readonly Case[] = [
  {
    name: 'transport: an answer has the id of its request',
    async run(world) {
      const response = await send(world, JSON.stringify({ query: '{ serverInfo { name } }' }));
      assert.equal(response.status, 200);
      assert.match(response.headers.get('x-request-id') ?? '', /\S/);
      await response.body?.cancel();
    },
  },
  {
    name: 'transport: several operations in one request are refused',
    async run(world) {
      const operation = { query: '{ serverInfo { name } }' };
      await expectNoData(await send(world, JSON.stringify([operation, operation])));
    },
  },
  {
    name: 'transport: forms and plain text are refused: a page of another site can send them',
    async run(world) {
      const query = '{ serverInfo { name } }';
      const form = 'application/x-www-form-urlencoded';
      await expectNoData(
        await send(world, new URLSearchParams({ query }).toString(), { 'Content-Type': form }),
      );
      const plain = { 'Content-Type': 'text/plain' };
      await expectNoData(await send(world, JSON.stringify({ query }), plain));
    },
  },
  {
    name: 'transport: mutations by GET are refused',
    async run({ url, owner }) {
      const query = 'mutation { createTeam(input: { name: "by GET" }) { id } }';
      const address = `${url}?${new URLSearchParams({ query })}`;
      const headers = { ...owner.headers, 'Apollo-Require-Preflight': '1' };
      await expectNoData(await fetch(address, { headers }));
    },
  },
  {
    name: 'transport: pages of other sites are refused',
    async run(world) {
      const body = JSON.stringify({ query: '{ serverInfo { name } }' });
      await expectNoData(await send(world, body, { ...json, Origin: 'https://other.invalid' }));
    },
  },
  {
    name: 'transport: a request of two megabytes is refused',
    async run(world) {
      const variables = { text: 'x'.repeat(2_000_000) };
      await expectNoData(
        await send(world, JSON.stringify({ query: '{ serverInfo { name } }', variables })),
      );
    },
  },
  {
    name: 'transport: BAD_INPUT for what is no GraphQL, and for fields that there are not',
    async run({ owner }) {
      expectRefusal(await owner.refused('{ serverInfo {'), 'BAD_INPUT');
      expectRefusal(await owner.refused('{ noSuchField }'), 'BAD_INPUT');
    },
  },
];
