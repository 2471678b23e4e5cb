import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bringPeople, type People } from '../testing/people.ts';
import { type Data, startTestApi, type TestApi } from '../testing/test-api.ts';
import { playThrough, specInput, startSearch } from '../testing/test-search.ts';

let api: TestApi;
let all: People;
let search: string;
const as = (person: keyof People['tokens']) => api.as(all.tokens[person]);

const save = `mutation ($input: SaveSearchSpaceInput!) {
  saveSearchSpace(input: $input) { id name visibility space { text size } createdBy { name } }
}`;
const setVisibility = `mutation ($id: ID!, $visibility: Visibility) {
  setVisibility(id: $id, visibility: $visibility) { id __typename }
}`;

beforeAll(async () => {
  api = await startTestApi();
  search = await startSearch(api, { ...specInput, name: 'first' });
  await playThrough(api.platform, 'retrain');
  all = await bringPeople(api.platform.db);
});
afterAll(() => api.close());

describe('a saved space', () => {
  it('is taken by a search, which keeps its text when the space changes or goes', async () => {
    const input = { name: 'ours', space: { text: specInput.space } };
    const { saveSearchSpace: saved } = await as('member').ask(save, { input });
    expect(saved).toMatchObject({ name: 'ours', visibility: 'TEAM', space: { size: '108' } });
    expect((await as('member').fail(save, { input })).extensions).toMatchObject({
      code: 'CONFLICT',
      path: ['name'],
    });
    const { space: _, ...spec } = specInput;
    const start = `mutation ($input: StartSearchInput!) {
      startSearch(input: $input) { id spec tags searchSpace { id } space { text } }
    }`;
    const { startSearch: started } = await as('member').ask(start, {
      input: { spec, searchSpace: saved.id, tags: [' a ', 'b', 'a'] },
    });
    expect(started).toMatchObject({
      spec: { space: saved.space.text },
      tags: ['a', 'b'],
      searchSpace: { id: saved.id },
    });
    const both = { input: { spec: specInput, searchSpace: saved.id } };
    expect((await as('member').fail(start, both)).extensions.path).toEqual(['searchSpace']);
    expect((await as('member').fail(start, { input: { spec } })).extensions).toMatchObject({
      code: 'SPEC_INVALID',
    });
    await as('member').ask(
      `mutation ($id: ID!) {
        updateSearchSpace(input: { searchSpace: $id, name: "theirs", space: { text: "small-32" } }) { name }
      }`,
      { id: saved.id },
    );
    await as('member').ask('mutation ($id: ID!) { cancelSearch(input: { search: $id }) { id } }', {
      id: started.id,
    });
    const read = 'query ($id: ID!) { search(id: $id) { space { text } searchSpace { name } } }';
    expect((await as('member').ask(read, { id: started.id })).search).toEqual({
      space: { text: saved.space.text },
      searchSpace: { name: 'theirs' },
    });
    const gone = 'mutation ($id: ID!) { deleteSearchSpace(input: { searchSpace: $id }) { name } }';
    await as('member').ask(gone, { id: saved.id });
    expect((await as('member').ask(read, { id: started.id })).search.searchSpace).toBeNull();
    expect((await as('member').fail(gone, { id: saved.id })).extensions.code).toBe('NOT_FOUND');
  });

  it('that is private is found by who saved it and by owners', async () => {
    const input = { name: 'mine', space: { text: 'small-32' }, visibility: 'PRIVATE' };
    const { saveSearchSpace: saved } = await as('member').ask(save, { input });
    const list = `{ searchSpaces(filter: { text: "MINE" }, orderBy: { field: CREATED_AT }) {
      totalCount nodes { id } } }`;
    for (const person of ['member', 'owner'] as const) {
      const { searchSpaces }: Data = await as(person).ask(list);
      expect(searchSpaces).toEqual({ totalCount: 1, nodes: [{ id: saved.id }] });
    }
    for (const person of ['nobody', 'outsider', 'viewer', 'maintainer'] as const) {
      const { searchSpaces }: Data = await as(person).ask(list);
      expect(searchSpaces).toEqual({ totalCount: 0, nodes: [] });
      expect(
        (await as(person).ask('query ($id: ID!) { node(id: $id) { id } }', { id: saved.id })).node,
      ).toBeNull();
    }
  });
});

describe('setVisibility', () => {
  it('is for who made it and for maintainers, of each kind that has a visibility', async () => {
    const { search: found } = await as('owner').ask(
      `query ($id: ID!) { search(id: $id) { dataset { id } teacher { id } networks { nodes { id } } jobs { nodes { id } } } }`,
      { id: search },
    );
    const { leaderboards } = await as('owner').ask('{ leaderboards { nodes { id } } }');
    const objects = [search, found.dataset.id, found.teacher.id, found.networks.nodes[0].id];
    objects.push(leaderboards.nodes[0].id);
    for (const id of objects) {
      const variables = { id, visibility: 'PUBLIC' };
      const read = `query ($id: ID!) { node(id: $id) { id } }`;
      expect((await as('member').fail(setVisibility, variables)).extensions.code).toBe('FORBIDDEN');
      expect((await as('viewer').fail(setVisibility, variables)).extensions.code).toBe('FORBIDDEN');
      expect((await as('outsider').ask(read, { id })).node).toBeNull();
      const { setVisibility: changed } = await as('maintainer').ask(setVisibility, variables);
      expect(changed.id).toBe(id);
      expect((await as('outsider').ask(read, { id })).node).toEqual({ id });
      await as('maintainer').ask(setVisibility, { id, visibility: 'TEAM' });
      expect((await as('outsider').ask(read, { id })).node).toBeNull();
    }
    for (const id of [found.dataset.id, found.teacher.id, found.networks.nodes[0].id]) {
      await as('maintainer').ask(setVisibility, { id, visibility: null });
    }
    expect((await as('owner').fail(setVisibility, { id: search })).extensions).toMatchObject({
      code: 'BAD_INPUT',
      path: ['visibility'],
    });
    const job = { id: found.jobs.nodes[0].id, visibility: 'PUBLIC' };
    expect((await as('owner').fail(setVisibility, job)).extensions.path).toEqual(['id']);
    const hidden = await as('maintainer').ask(setVisibility, { id: search, visibility: 'PRIVATE' });
    expect(hidden.setVisibility).toBeNull();
    await as('owner').ask(setVisibility, { id: search, visibility: 'TEAM' });
  });
});

describe('labels and lists', () => {
  it('name and tags of a finished search change, and it is found by them', async () => {
    const update = `mutation ($input: UpdateSearchInput!) {
      updateSearch(input: $input) { name tags state }
    }`;
    const input = { search, name: 'renamed', tags: ['kept'] };
    expect((await as('member').ask(update, { input })).updateSearch).toEqual({
      ...{ name: 'renamed', tags: ['kept'], state: 'COMPLETE' },
    });
    const wrong = { input: { search, tags: [''] } };
    expect((await as('member').fail(update, wrong)).extensions.path).toEqual(['tags']);
    const list = `query ($filter: SearchFilter, $orderBy: SearchOrder) {
      searches(filter: $filter, orderBy: $orderBy) { totalCount nodes { id } }
    }`;
    const variables = { filter: { tags: ['kept'] }, orderBy: { field: 'BEST_TOP1' } };
    expect((await as('viewer').ask(list, variables)).searches).toEqual({
      totalCount: 1,
      nodes: [{ id: search }],
    });
    expect((await as('outsider').ask(list, variables)).searches.totalCount).toBe(0);
    const unknown = { filter: { teams: [search] } };
    expect((await as('viewer').fail(list, unknown)).extensions).toMatchObject({
      code: 'BAD_INPUT',
      path: ['filter', 'teams', 0],
    });
  });

  it('data sets and teachers are listed for who may see them', async () => {
    const list = `{
      datasets(filter: { kind: "procedural" }, orderBy: { field: SIZE }) { totalCount nodes { search { id } } }
      teachers(filter: { kind: TRAIN }, orderBy: { field: TOP1 }) { totalCount nodes { search { id } } }
    }`;
    const { datasets, teachers } = await as('viewer').ask(list);
    expect(datasets).toEqual({ totalCount: 1, nodes: [{ search: { id: search } }] });
    expect(teachers).toEqual({ totalCount: 1, nodes: [{ search: { id: search } }] });
    const nothing = { totalCount: 0, nodes: [] };
    expect(await as('outsider').ask(list)).toMatchObject({ datasets: nothing, teachers: nothing });
  });
});
