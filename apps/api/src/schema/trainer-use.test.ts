import { randomUUID } from 'node:crypto';
import { seeTrainer } from '@blockwise/db';
import { testTrainer } from '@blockwise/db/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bringPeople, type People } from '../testing/people.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';
import { startSearch } from '../testing/test-search.ts';
import { decodeGlobalId } from './global-id.ts';

let api: TestApi;
let people: People;
const day = (number: number, hour = 0) => new Date(Date.UTC(2026, 0, number, hour)).toISOString();

beforeAll(async () => {
  api = await startTestApi();
  people = await bringPeople(api.platform.db);
  await seeTrainer(api.platform.db, testTrainer);
  const { createTeam: team } = await api
    .as(people.tokens.outsider)
    .ask('mutation { createTeam(input: { name: "beside" }) { id } }');
  const { id: search } = decodeGlobalId(await startSearch(api.as(people.tokens.owner)));
  const { id: beside } = decodeGlobalId(await startSearch(api.as(people.tokens.owner)));
  const { prisma } = api.platform.db;
  await prisma.search.update({
    where: { id: beside },
    data: { teamId: decodeGlobalId(team.id).id },
  });
  const run = async (searchId: string, from: string, to: string | null, onGpu: boolean) => {
    const job = await prisma.job.create({
      data: { searchId, kind: 'distil', state: 'CANCELLED', queueJobId: randomUUID() },
    });
    const { id: trainerId, engine, device } = testTrainer;
    await prisma.run.create({
      data: {
        ...{ jobId: job.id, attempt: 1, trainerId, engine, device, onGpu, versions: {} },
        ...{ state: to === null ? 'RUNNING' : 'FAILED', startedAt: from, finishedAt: to },
      },
    });
  };
  await run(search, day(1, 22), day(2, 3), false);
  await run(search, day(2, 10), day(2, 11), true);
  await run(search, day(5), day(6), false);
  await run(beside, day(3, 1), day(3, 2), true);
  await run(beside, new Date(Date.now() - 3600_000).toISOString(), null, false);
});
afterAll(() => api.close());

const query = `query ($bounds: [DateTime!]!) {
  trainerUse(bounds: $bounds) { team { name } seconds secondsOnGpu } }`;
const of = (who: 'member' | 'outsider' | 'operator', bounds: string[]) =>
  api.as(people.tokens[who]).ask(query, { bounds });
const hours = (...each: number[]) => each.map((hour) => hour * 3600);

it('cuts attempts at the bounds, and says what was on a GPU', async () => {
  const bounds = [day(1), day(2), day(3), day(4)];
  const local = { team: { name: 'local' }, seconds: hours(2, 4, 0), secondsOnGpu: hours(0, 1, 0) };
  const beside = {
    team: { name: 'beside' },
    seconds: hours(0, 0, 1),
    secondsOnGpu: hours(0, 0, 1),
  };
  expect((await of('member', bounds)).trainerUse).toEqual([local]);
  expect((await of('outsider', bounds)).trainerUse).toEqual([beside]);
  // Who runs the server sees what everybody's work took, the most first.
  expect((await of('operator', bounds)).trainerUse).toEqual([local, beside]);
  expect((await of('member', [day(1), day(4)])).trainerUse).toEqual([
    { ...local, seconds: hours(6), secondsOnGpu: hours(1) },
  ]);
  expect((await of('member', [day(3), day(4)])).trainerUse).toEqual([]);
});

it('counts what is under way up to now', async () => {
  const now = Date.now();
  const bounds = [-24, 0, 24].map((hour) => new Date(now + hour * 3600_000).toISOString());
  const { trainerUse } = await of('outsider', bounds);
  expect(trainerUse).toHaveLength(1);
  const [before, after] = trainerUse[0].seconds;
  expect(before).toBeGreaterThanOrEqual(3600);
  expect(before + after).toBeLessThan(3700);
});

it.each([
  ['one moment', [day(1)]],
  ['moments that do not ascend', [day(2), day(2)]],
  ['too many', Array.from({ length: 402 }, (_, i) => day(i + 1))],
])('refuses %s', async (_name, bounds) => {
  const { extensions } = await api.fail(query, { bounds });
  expect(extensions).toMatchObject({ code: 'BAD_INPUT', path: ['bounds'] });
});
