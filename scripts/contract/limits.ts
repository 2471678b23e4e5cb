import assert from 'node:assert/strict';
import type { Case } from './case.ts';
import { expectRefusal } from './operation-cases.ts';
import { subscribe } from './subscribe.ts';

const nested = (depth: number): string =>
  depth === 0 ? 'id' : `networks { nodes { search { ${nested(depth - 1)} } } }`;
const many = (count: number, make: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => make(i)).join(' ');

/** Documents that are refused before anything of them runs. */
const tooComplex: readonly { told: string; document: string }[] = [
  {
    told: 'fields that lie too deep',
    document: `{ searches(first: 1) { nodes { ${nested(20)} } } }`,
  },
  {
    told: 'too many aliases',
    document: `{ ${many(200, (i) => `a${i}: serverInfo { name }`)} }`,
  },
  {
    told: 'too many directives',
    document: `{ serverInfo { ${many(2000, () => 'name @include(if: true)')} } }`,
  },
  {
    told: 'too many objects',
    document: `{ searches(first: 100) { nodes { networks { nodes { search { networks { nodes { search {
      jobs { nodes { runs { engine } } } } } } } } } } } }`,
  },
  {
    told: 'too many changes at once',
    document: `mutation { ${many(30, (i) => `a${i}: leaveTeam(input: { team: "nothing" }) { id }`)} }`,
  },
];

export const limitCases: readonly Case[] = [
  ...tooComplex.flatMap(({ told, document }): Case[] => [
    {
      name: `limits: TOO_COMPLEX for ${told}`,
      async run({ owner }) {
        const { data, errors } = await owner.post(document);
        assert.ok(errors[0] !== undefined && !data, 'it must be refused before anything runs');
        expectRefusal(errors[0], 'TOO_COMPLEX');
      },
    },
    {
      name: `limits: TOO_COMPLEX for ${told}, over a socket`,
      async run({ url, owner }) {
        const authorization = owner.headers.Authorization;
        const { errors, payloads } = await subscribe(url, document, {}, { authorization });
        assert.deepEqual(payloads, []);
        assert.ok(errors[0] !== undefined, 'it must be refused');
        expectRefusal(errors[0], 'TOO_COMPLEX');
      },
    },
  ]),
  {
    name: 'limits: an answer tells what it cost',
    async run({ url, owner }) {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...owner.headers },
        body: JSON.stringify({ query: '{ searches(first: 10) { nodes { id } } }' }),
      });
      const { extensions } = (await response.json()) as { extensions?: { cost?: unknown } };
      assert.ok(extensions?.cost !== undefined, JSON.stringify(extensions));
    },
  },
  {
    name: 'limits: the schema is described to those who are signed in only',
    async run({ owner, anonymous }) {
      const document = '{ __schema { queryType { name } } }';
      assert.equal((await owner.ask(document)).__schema.queryType.name, 'Query');
      expectRefusal(await anonymous.refused(document), 'UNAUTHENTICATED');
    },
  },
  {
    name: 'limits: nobody who is not signed in is told what a field might have been called',
    async run({ anonymous }) {
      const { message } = await anonymous.refused('{ serverInf { name } }');
      assert.ok(!message.includes('serverInfo'), message);
    },
  },
];
