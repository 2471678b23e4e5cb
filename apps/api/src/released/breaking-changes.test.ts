import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { judgeChanges, type ListedChange, listedChange } from './breaking-changes.ts';

const released = buildSchema(/* GraphQL */ `
  type Query { search(id: ID!): Search, old: Int @deprecated(reason: "Use search.") }
  type Search { name: String!, loss: Float }
  type Row { id: ID, share: Float, at: Int }
  enum State { NEW DONE }
`);

function judged(sdl: string, listed: readonly ListedChange[] = []): string[] {
  return judgeChanges(released, buildSchema(sdl), listed);
}

const same =
  'type Query { search(id: ID!): Search, old: Int } type Search { name: String!, loss: Float } type Row { id: ID, share: Float, at: Int } enum State { NEW DONE }';
const removed: ListedChange = {
  change: 'Query.old was removed.',
  since: '0.1.0',
  reason: 'Use search.',
};

describe('judgeChanges', () => {
  it('has nothing to say about what breaks nobody', () => {
    expect(judged(same)).toEqual([]);
    const more = same
      .replace('loss: Float', 'loss: Float!, macs: Float')
      .replace('DONE', 'DONE LOST');
    expect(judged(more.replace('(id: ID!)', '(id: ID!, by: Int)'))).toEqual([]);
  });

  it.each([
    ['old: Int', '', 'Query.old was removed.'],
    ['name: String!', 'name: String', 'Search.name changed type from String! to String.'],
    ['loss: Float', 'loss: Int', 'Search.loss changed type from Float to Int.'],
    ['(id: ID!)', '', 'Query.search arg id was removed.'],
    ['(id: ID!)', '(id: ID!, by: Int!)', 'A required arg by on Query.search was added.'],
    ['NEW DONE', 'NEW', 'DONE was removed from enum type State.'],
    ['enum State { NEW DONE }', '', 'State was removed.'],
  ])('says what changing %o to %o breaks', (before, after, change) => {
    expect(judged(same.replace(before, after))).toEqual([
      `Breaks clients of the last release: ${change}`,
    ]);
  });

  it('lets a listed change pass, and no other', () => {
    const without = same.replace(', old: Int', '');
    expect(judged(without, [removed])).toEqual([]);
    expect(judged(without.replace(', loss: Float', ''), [removed])).toEqual([
      'Breaks clients of the last release: Search.loss was removed.',
    ]);
  });

  it('refuses what is listed and not so, or twice', () => {
    expect(judged(same, [removed])).toEqual([
      'Listed as a breaking change, but is none: Query.old was removed.',
    ]);
    expect(judged(same.replace(', old: Int', ''), [removed, removed])).toEqual([
      'Listed twice: Query.old was removed.',
    ]);
  });
});

describe('listedChange', () => {
  it.each([
    { ...removed, since: 'soon' },
    { ...removed, reason: '' },
    { change: removed.change, reason: removed.reason },
  ])('refuses %o', (entry) => {
    expect(listedChange.safeParse(entry).success).toBe(false);
  });
});
