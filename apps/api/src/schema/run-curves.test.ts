import { takeAttempt } from '@blockwise/db/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bringPeople } from '../testing/people.ts';
import { type Data, startTestApi, type TestApi } from '../testing/test-api.ts';
import { startSearch } from '../testing/test-search.ts';

let api: TestApi;
let job: string;
let runs: string[];

const points = (steps: number[], key: string, run: number) => ({
  key,
  steps,
  values: steps.map((step) => step + run / 10),
  wallTimes: steps.map((step) => 1000 * run + step),
});

beforeAll(async () => {
  api = await startTestApi();
  const id = await startSearch(api);
  const first = await takeAttempt(api.platform, 'teacher');
  await first.appendCurves([points([1, 2, 3, 4], 'loss', 1), points([2, 4], 'top1', 1)]);
  await first.abandon();
  const second = await takeAttempt(api.platform, 'teacher');
  await second.abandon();
  const third = await takeAttempt(api.platform, 'teacher');
  await third.resumeFrom(2);
  await third.appendCurves([points([3, 4, 5], 'loss', 3)]);
  const { search } = await api.ask(
    'query ($id: ID!) { search(id: $id) { jobs { nodes { id kind runs { id } } } } }',
    { id },
  );
  const teacher = search.jobs.nodes.find(({ kind }: Data) => kind === 'TEACHER');
  job = teacher.id;
  runs = teacher.runs.map((run: Data) => run.id);
});
afterAll(() => api.close());

const query = `query ($jobs: [ID!], $runs: [ID!], $keys: [String!], $minStep: Int, $maxStep: Int) {
  curves(jobs: $jobs, runs: $runs, keys: $keys, minStep: $minStep, maxStep: $maxStep) {
    job run key steps values } }`;

it('gives each run what it measured and still counts', async () => {
  const { curves } = await api.ask(query, { runs: [...runs].reverse(), keys: ['loss'] });
  expect(runs).toHaveLength(3);
  expect(curves).toEqual([
    { job, run: runs[2], key: 'loss', steps: [3, 4, 5], values: [3.3, 4.3, 5.3] },
    { job, run: runs[1], key: 'loss', steps: [], values: [] },
    { job, run: runs[0], key: 'loss', steps: [1, 2], values: [1.1, 2.1] },
  ]);
});

it('gives the job all of them', async () => {
  const { curves } = await api.ask(query, { jobs: [job], keys: ['loss'] });
  const values = [1.1, 2.1, 3.3, 4.3, 5.3];
  expect(curves).toEqual([{ job, run: null, key: 'loss', steps: [1, 2, 3, 4, 5], values }]);
});

it('takes the keys of the job, and bounds of steps', async () => {
  const { curves } = await api.ask(query, { runs, minStep: 2, maxStep: 4 });
  expect(curves.map(({ run, key, steps }: Data) => [runs.indexOf(run), key, steps])).toEqual([
    ...[0, 1, 2].flatMap((i) => [
      [i, 'loss', [[2], [], [3, 4]][i]],
      [i, 'top1', [[2], [], []][i]],
    ]),
  ]);
});

it.each([
  ['neither', () => ({}), ['jobs']],
  ['both', () => ({ jobs: [job], runs }), ['runs']],
  ['a job for a run', () => ({ runs: [runs[0], job] }), ['runs', 1]],
  ['501 runs', () => ({ runs: Array.from({ length: 501 }, (_, i) => `${i}`) }), ['runs']],
])('refuses %s', async (_, variables, path) => {
  const error = await api.fail(query, variables());
  expect(error.extensions).toMatchObject({ code: 'BAD_INPUT', path });
});

it('knows no run that may not be seen', async () => {
  const { tokens } = await bringPeople(api.platform.db);
  const error = await api.as(tokens.outsider).fail(query, { runs });
  expect(error.extensions).toMatchObject({ code: 'NOT_FOUND', path: ['runs', 0] });
});
