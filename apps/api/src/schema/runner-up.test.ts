import { encodingDistance, opsOf, printOp } from '@blockwise/dna';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { everyNetwork } from '../testing/every-network.ts';
import { bringPeople } from '../testing/people.ts';
import { type Data, startTestApi, type TestApi } from '../testing/test-api.ts';
import { playLatency, playThrough, space, specInput, startSearch } from '../testing/test-search.ts';

/* What a network's layers could have been, against every network of the space. */

let api: TestApi;
let network: Data;
const all = everyNetwork();
const query = /* GraphQL */ `
  query ($id: ID!) {
    node(id: $id) {
      ... on Network {
        encoding
        candidates { path loss rank layers }
        runnerUps {
          block layer op path encoding loss error rank gap relativeGap
          params macs flopsTool activationBytes latencyMs breaks
        }
      }
    }
  }
`;

const read = async (of: Pick<TestApi, 'ask'> = api): Promise<Data> =>
  (await of.ask(query, { id: network.id })).node;

beforeAll(async () => {
  api = await startTestApi();
  const macs = all.map((each) => each.macs).sort((a, b) => a - b)[all.length >> 1] ?? 0;
  const search = await startSearch(api, { ...specInput, constraints: { macs: { max: macs } } });
  await playThrough(api.platform, 'retrain');
  const read = 'query ($id: ID!) { search(id: $id) { networks { nodes { id encoding } } } }';
  network = (await api.ask(read, { id: search })).search.networks.nodes[0];
});
afterAll(() => api.close());

const printed = ({ choices }: (typeof all)[number]) =>
  choices.map(({ cell, path }) => `${cell + 1}:${path.join('')}`).join(' ');

it('is every network of the space at a distance of one layer, with its ratings and costs', async () => {
  const { encoding, runnerUps, candidates } = await read();
  const own = all.find((each) => printed(each) === encoding);
  if (own === undefined) throw new Error(`${encoding} is none of the space`);
  const near = all.filter((each) => encodingDistance(each.choices, own.choices, space) === 1);
  // Another cell of the same depth is another width, not another operation.
  const expected = near.filter((each) =>
    each.choices.every(({ cell }, block) => cell === own.choices[block]?.cell),
  );
  expect(runnerUps.map((each: Data) => each.encoding).sort()).toEqual(expected.map(printed).sort());
  expect(candidates.map(({ loss }: Data) => loss)).toEqual(own.losses);
  for (const each of runnerUps) {
    const other = expected.find((one) => printed(one) === each.encoding);
    if (other === undefined) throw new Error('checked above');
    const block = each.block - 1;
    const path = other.choices[block]?.path ?? [];
    const before = own.losses[block] ?? 0;
    expect(each).toMatchObject({
      path: path.join(''),
      loss: other.losses[block],
      params: String(other.params),
      macs: String(other.macs),
      flopsTool: String(other.flopsTool),
      activationBytes: String(other.activationBytes),
      latencyMs: null,
    });
    const op = opsOf(space, block)[path[each.layer - 1] ?? -1];
    expect(each.op).toBe(op && printOp(op));
    expect(path[each.layer - 1]).not.toBe(own.choices[block]?.path[each.layer - 1]);
    expect(each.gap).toBeCloseTo(other.loss - own.loss, 12);
    expect(each.relativeGap).toBeCloseTo((other.loss - own.loss) / before, 12);
    const isTooMuch =
      other.macs > (all.map(({ macs }) => macs).sort((a, b) => a - b)[all.length >> 1] ?? 0);
    expect(each.breaks).toEqual(isTooMuch ? ['MACS'] : []);
    // The chosen network is the best within its bound.
    if (each.gap < 0) expect(each.breaks).toEqual(['MACS']);
  }
});

it('has latencies once a table is measured', async () => {
  const { node } = await api.ask(
    'query ($id: ID!) { node(id: $id) { ... on Network { search { id } } } }',
    { id: network.id },
  );
  await api.ask(
    `mutation { measureLatency(input: { search: "${node.search.id}", latency: {} }) { id } }`,
  );
  await playLatency(api.platform);
  const { runnerUps } = await read();
  for (const each of runnerUps) {
    const other = all.find((one) => printed(one) === each.encoding);
    expect(each.latencyMs).toBeCloseTo(other?.latencyMs ?? Number.NaN, 9);
  }
});

it('is not told of a network that may be seen where its search may not', async () => {
  await api.ask(
    `mutation { setVisibility(id: "${network.id}", visibility: PUBLIC) { __typename } }`,
  );
  const people = await bringPeople(api.platform.db);
  const seen = await read(api.as(people.tokens.outsider));
  expect(seen).toMatchObject({ encoding: network.encoding, candidates: [], runnerUps: null });
});
