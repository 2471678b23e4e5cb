import type { JobKind } from '@blockwise/contracts';
import { takeAttempt } from '@blockwise/db/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { encodeGlobalId } from '../schema/global-id.ts';
import { bringPeople, type People } from '../testing/people.ts';
import { connectTo, type Data, startTestApi, type TestApi } from '../testing/test-api.ts';
import { playRetrain, playThrough, playVerify, startSearch } from '../testing/test-search.ts';

let api: TestApi;
let people: People;
let id: string;
let hidden: Data;
beforeAll(async () => {
  api = await startTestApi();
  id = await startSearch(api);
  await measure('teacher');
  await playThrough(api.platform, 'solve');
  const networkId = await measure('retrain');
  await playRetrain(api.platform, 0.6);
  await playRetrain(api.platform, 0.7);
  await playVerify(api.platform);
  await playVerify(api.platform);
  people = await bringPeople(api.platform.db);
  const { search } = await api
    .as(people.tokens.owner)
    .ask(
      `query ($id: ID!) { search(id: $id) { teacher { id } jobs { nodes { id kind network { id } } } } }`,
      {
        id,
      },
    );
  const network = { id: encodeGlobalId('Network', networkId ?? '') };
  const jobs = search.jobs.nodes.filter(
    ({ kind, network: of }: Data) => kind === 'TEACHER' || of?.id === network.id,
  );
  hidden = {
    network: network.id,
    teacher: search.teacher.id,
    jobs: jobs.map((job: Data) => job.id),
  };
  for (const subject of [hidden.network, hidden.teacher]) {
    await api
      .as(people.tokens.owner)
      .ask(`mutation ($subject: ID!) { setVisibility(id: $subject, visibility: PRIVATE) { id } }`, {
        subject,
      });
  }
});
afterAll(() => api.close());

/** Begins the next job of a kind, which measures a point and is given back; answers its network. */
async function measure(kind: JobKind): Promise<string | null> {
  const attempt = await takeAttempt(api.platform, kind);
  await attempt.appendCurves([{ key: 'loss', steps: [1], values: [0.5], wallTimes: [1000] }]);
  await attempt.abandon();
  return attempt.job.networkId;
}

const fields = 'cursor events { id cursor kind job network top1 }';
const poll = `query ($id: ID!, $after: String) {
  searchEvents(search: $id, after: $after, first: 1000) { ${fields} } }`;
const live = `subscription ($id: ID!) { searchEvents(search: $id) { ${fields} } }`;
const points = `query ($id: ID!) { curvePoints(search: $id) { cursor curves { job } resets { job } } }`;

const isHidden = ({ job, network }: Data): boolean =>
  hidden.jobs.includes(job) || network === hidden.network;

it('leaves out what is about a network or teacher that may not be seen, and says nothing else less', async () => {
  const { searchEvents: all } = await api.as(people.tokens.owner).ask(poll, { id });
  expect(hidden.jobs.length).toBeGreaterThan(1);
  const kinds = new Set(all.events.filter(isHidden).map(({ kind }: Data) => kind));
  expect(kinds).toEqual(new Set(['JOB_CHANGED', 'CURVE_POINTS', 'NETWORK_TESTED']));

  const { searchEvents: seen } = await api.as(people.tokens.viewer).ask(poll, { id });
  expect(seen.events).toEqual(all.events.filter((event: Data) => !isHidden(event)));
  expect(seen.cursor).toBe(all.cursor);

  const client = connectTo(api.server, people.tokens.viewer);
  const told: Data[] = [];
  for await (const { data, errors } of client.iterate({ query: live, variables: { id } })) {
    expect(errors).toBeUndefined();
    told.push(...(data as Data).searchEvents.events);
  }
  expect(told).toEqual(seen.events);
  await client.dispose();
});

it('does so for points of curves, and for single events and jobs', async () => {
  const jobsIn = async (token: string | null): Promise<Set<string>> => {
    const { curvePoints } = await api.as(token).ask(points, { id });
    return new Set(curvePoints.curves.map(({ job }: Data) => job));
  };
  const all = [...(await jobsIn(people.tokens.owner))];
  expect(all.filter((job) => hidden.jobs.includes(job))).toHaveLength(2);
  const open = all.filter((job) => !hidden.jobs.includes(job));
  expect([...(await jobsIn(people.tokens.viewer))]).toEqual(open);

  const { searchEvents } = await api.as(people.tokens.owner).ask(poll, { id });
  const events = searchEvents.events.filter(isHidden).map((event: Data) => event.id);
  const nodes = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';
  const ids = [...events.slice(0, 20), ...hidden.jobs];
  const { nodes: toOwner } = await api.as(people.tokens.owner).ask(nodes, { ids });
  expect(toOwner.map((node: Data) => node?.id)).toEqual(ids);
  const { nodes: toViewer } = await api.as(people.tokens.viewer).ask(nodes, { ids });
  expect(toViewer).toEqual(ids.map(() => null));
});
