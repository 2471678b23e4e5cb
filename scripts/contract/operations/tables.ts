import assert from 'node:assert/strict';
import type { Data } from '../caller.ts';
import type { Operation } from '../operation.ts';
import type { World } from '../world.ts';
import { finishedBoard } from './leaderboards.ts';

/** The text of a table by its link, for which nobody signs in. */
async function readLink(answer: Data, { url }: World): Promise<string> {
  const response = await fetch(new URL(answer.url, url));
  const text = await response.text();
  assert.equal(response.status, 200, text.slice(0, 200));
  return text;
}

/** A link in which one character of the signed text is another is none. */
async function refuseChanged(answer: Data, { url }: World): Promise<void> {
  const [signed = ''] = /[\w-]{20,}/.exec(answer.url) ?? [];
  const other = signed.startsWith('A') ? 'B' : 'A';
  const changed = answer.url.replace(signed, `${other}${signed.slice(1)}`);
  const response = await fetch(new URL(changed, url));
  await response.body?.cancel();
  assert.equal(response.status, 403);
}

/** Whole tables out of band. */
export const tables: readonly Operation[] = [
  {
    name: 'Query.exportCandidates',
    who: 'ANYONE',
    scope: 'READ',
    document: `query ($cell: ID, $search: ID) {
      exportCandidates(cell: $cell, search: $search, format: CSV) { url expiresAt fileName format }
    }`,
    variables: (world) => ({ cell: world.finished().cell.id }),
    async check(answer, world) {
      assert.ok(new Date(answer.expiresAt).getTime() > Date.now());
      const [head = '', ...rows] = (await readLink(answer, world)).trim().split(/\r?\n/);
      assert.ok(head.split(',').includes('loss'), head);
      assert.equal(rows.length, world.finished().cell.candidateCount);
      await refuseChanged(answer, world);
    },
    unseen: 'NOT_FOUND',
    refusals: [{ code: 'BAD_INPUT', told: 'neither cell nor search', variables: () => ({}) }],
  },
  {
    name: 'Query.exportCurves',
    who: 'ANYONE',
    scope: 'READ',
    document: `query ($jobs: [ID!], $search: ID) {
      exportCurves(jobs: $jobs, search: $search, keys: ["loss"], format: CSV) { url fileName }
    }`,
    variables: (world) => ({ search: world.finished().id }),
    async check(answer, world) {
      const [head = '', ...rows] = (await readLink(answer, world)).trim().split(/\r?\n/);
      assert.ok(head.split(',').includes('step'), head);
      assert.ok(rows.length > 0);
    },
    unseen: 'NOT_FOUND',
    refusals: [{ code: 'BAD_INPUT', told: 'neither jobs nor search', variables: () => ({}) }],
  },
  {
    name: 'Query.exportEntries',
    who: 'ANYONE',
    scope: 'READ',
    document: `query ($leaderboard: ID!) {
      exportEntries(leaderboard: $leaderboard, format: CSV) { url fileName }
    }`,
    variables: async (world) => ({ leaderboard: (await finishedBoard(world)).id }),
    async check(answer, world) {
      const [head = '', ...rows] = (await readLink(answer, world)).trim().split(/\r?\n/);
      assert.ok(head.split(',').includes('top1'), head);
      assert.ok(rows.length > 0);
    },
    unseen: 'NOT_FOUND',
    refusals: [
      {
        code: 'BAD_INPUT',
        told: 'what is no leaderboard',
        variables: ({ team }) => ({ leaderboard: team }),
      },
    ],
  },
];
