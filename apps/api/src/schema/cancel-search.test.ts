import { takeAttempt } from '@blockwise/db/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type TestApi } from '../testing/test-api.ts';
import { playRate, playThrough, startSearch } from '../testing/test-search.ts';
import { encodeGlobalId } from './global-id.ts';

const unknownId = '00000000-0000-4000-8000-000000000000';

describe('cancelSearch', () => {
  const cancel = /* GraphQL */ `
    mutation ($search: ID!) {
      cancelSearch(input: { search: $search }) {
        state finishedAt jobs { nodes { state } } blocks { cells { state } }
      }
    }
  `;
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi();
  });
  afterAll(() => api.close());

  it('ends the search and its jobs, and is repeatable', async () => {
    const search = await startSearch(api);
    const first = await api.ask(cancel, { search });
    expect(first.cancelSearch).toMatchObject({
      state: 'CANCELLED',
      jobs: { nodes: [{ state: 'CANCELLED' }] },
      blocks: [
        { cells: [{ state: 'CANCELLED' }, { state: 'CANCELLED' }] },
        { cells: [{ state: 'CANCELLED' }] },
      ],
    });
    expect(await api.ask(cancel, { search })).toEqual(first);
    expect(await api.platform.queue.fetch('teacher')).toBeNull();
  });

  it('shows cells as they stood: rated, cancelled half way, cancelled by a failure', async () => {
    const states = async (search: string) => {
      const query = 'query ($id: ID!) { search(id: $id) { blocks { cells { state } } } }';
      const { blocks } = (await api.ask(query, { id: search })).search;
      return blocks.flatMap(({ cells }: { cells: { state: string }[] }) =>
        cells.map(({ state }) => state),
      );
    };
    const half = await startSearch(api);
    await playThrough(api.platform, 'distil');
    await playRate(api.platform);
    expect(await states(half)).toEqual(['COMPLETE', 'RUNNING', 'RUNNING']);
    await api.ask(cancel, { search: half });
    expect(await states(half)).toEqual(['COMPLETE', 'CANCELLED', 'CANCELLED']);

    const failed = await startSearch(api);
    expect(await states(failed)).toEqual(['QUEUED', 'QUEUED', 'QUEUED']);
    const attempt = await takeAttempt(api.platform, 'teacher');
    await attempt.fail({ code: 'DATASET_NOT_FOUND', message: 'gone' }, { retry: false });
    expect(await states(failed)).toEqual(['CANCELLED', 'CANCELLED', 'CANCELLED']);
  });

  it('CONFLICT when the search is complete', async () => {
    const search = await startSearch(api);
    await playThrough(api.platform, 'retrain');
    const { extensions } = await api.fail(cancel, { search });
    expect(extensions.code).toBe('CONFLICT');
  });

  it('NOT_FOUND and BAD_INPUT', async () => {
    const unknown = encodeGlobalId('Search', unknownId);
    expect((await api.fail(cancel, { search: unknown })).extensions.code).toBe('NOT_FOUND');
    expect((await api.fail(cancel, { search: 'seven' })).extensions).toMatchObject({
      code: 'BAD_INPUT',
      path: ['search'],
    });
  });
});
