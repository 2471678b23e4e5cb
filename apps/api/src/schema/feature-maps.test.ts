import { takeAttempt } from '@blockwise/db/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Data, startTestApi, type TestApi } from '../testing/test-api.ts';
import { playThrough, startSearch } from '../testing/test-search.ts';

/* Feature maps of a path: asked for, made by a trainer, read. */
let api: TestApi;
let search: string;
let cell: string;
beforeAll(async () => {
  api = await startTestApi();
  search = await startSearch(api);
  await playThrough(api.platform, 'retrain');
  const { search: found } = await api.ask(
    'query ($id: ID!) { search(id: $id) { blocks { cells { id } } } }',
    { id: search },
  );
  cell = found.blocks[1].cells[0].id;
});
afterAll(() => api.close());

const request = /* GraphQL */ `
  mutation ($input: RequestFeatureMapsInput!) {
    requestFeatureMaps(input: $input) {
      id path samples state loss mse size channels url maps { teacher student }
      search { id } cell { id } job { id kind cell { id } }
    }
  }
`;

function floatsOf(packed: string): number[] {
  return [...new Float32Array(new Uint8Array(Buffer.from(packed, 'base64')).buffer)];
}

/** What the format's description says of a file, read byte by byte. */
async function safetensorsAt(url: string) {
  const answer = await fetch(new URL(url, api.server.url));
  expect(answer.status).toBe(200);
  const [, name = ''] =
    /filename="(.+)"/.exec(answer.headers.get('content-disposition') ?? '') ?? [];
  const file = Buffer.from(await answer.arrayBuffer());
  const start = 8 + Number(file.readBigUInt64LE(0));
  expect(start % 8).toBe(0);
  const header = JSON.parse(file.subarray(8, start).toString('utf8'));
  return { name, header, data: file.subarray(start) };
}

it('answers one row for the same maps, with the maps when they are made', async () => {
  const input = { cell, samples: [5, 0] };
  const { requestFeatureMaps: order } = await api.ask(request, { input });
  expect(order).toMatchObject({
    ...{ samples: [5, 0], state: 'QUEUED', loss: null, mse: null, maps: null, url: null },
    ...{ size: 4, channels: 16, search: { id: search }, cell: { id: cell } },
    job: { kind: 'MAPS', cell: { id: cell } },
  });
  const { requestFeatureMaps: named } = await api.ask(request, {
    input: { ...input, path: order.path },
  });
  expect(named.id).toBe(order.id);
  const { requestFeatureMaps: other } = await api.ask(request, {
    input: { ...input, samples: [0, 5] },
  });
  expect(other.id).not.toBe(order.id);

  const attempt = await takeAttempt(api.platform, 'maps');
  expect(attempt).toMatchObject({
    cell: { bestPath: order.path },
    featureMaps: { path: order.path, samples: [5, 0] },
  });
  const values = Float32Array.from({ length: 2 * 2 * 4 * 4 * 16 }, (_, i) => i / 7);
  const file = await api.artifacts.put(new Uint8Array(values.buffer));
  await attempt.completeMaps({ ...file, loss: 0.5, mse: 0.25 });

  const { requestFeatureMaps: made } = await api.ask(request, { input });
  expect(made).toMatchObject({ id: order.id, state: 'COMPLETE', loss: 0.5, mse: 0.25 });
  expect(floatsOf(made.maps.teacher)).toEqual([...values.subarray(0, 512)]);
  expect(floatsOf(made.maps.student)).toEqual([...values.subarray(512)]);
  const { name, header, data } = await safetensorsAt(made.url);
  expect(name).toMatch(new RegExp(`^blockwise-maps-${order.path}-.+\\.safetensors$`));
  const shape = [2, 4, 4, 16];
  expect(header).toEqual({
    __metadata__: { path: order.path, samples: '5,0', layout: 'NHWC', loss: '0.5', mse: '0.25' },
    teacher: { dtype: 'F32', shape, data_offsets: [0, 2048] },
    student: { dtype: 'F32', shape, data_offsets: [2048, 4096] },
  });
  expect(data).toEqual(Buffer.from(values.buffer));
  const { node, searchEvents } = await api.ask(
    `query ($cell: ID!, $search: ID!) {
      node(id: $cell) { ... on Cell { featureMaps { id state } } }
      searchEvents(search: $search, after: "0", first: 1000) { events { kind featureMaps cell } } }`,
    { cell, search },
  );
  expect(node.featureMaps).toEqual([
    { id: other.id, state: 'QUEUED' },
    { id: order.id, state: 'COMPLETE' },
  ]);
  const told = searchEvents.events.filter(({ kind }: Data) => kind === 'FEATURE_MAPS_MADE');
  expect(told).toEqual([{ kind: 'FEATURE_MAPS_MADE', featureMaps: order.id, cell }]);
});

it('says when what was made is gone', async () => {
  const { requestFeatureMaps: made } = await api.ask(request, { input: { cell, samples: [5, 0] } });
  const other = await api.startAnother({ artifactFolder: null });
  const gone = await fetch(new URL(made.url, other.url));
  expect(gone.status).toBe(404);
  expect((await gone.json()).errors[0].extensions.code).toBe('ARTIFACT_MISSING');
});

it('refuses what there is not', async () => {
  const refusal = async (input: object) => (await api.fail(request, { input })).extensions;
  const inSamples = { code: 'BAD_INPUT', path: ['samples'] };
  for (const samples of [[], [0, 0], [6], [-1], [0, 1, 2, 3, 4, 5, 0, 1, 2]]) {
    expect(await refusal({ cell, samples })).toMatchObject(inSamples);
  }
  for (const path of ['9999', '00zz', '0']) {
    expect(await refusal({ cell, samples: [0], path })).toMatchObject({
      ...{ code: 'BAD_INPUT', path: ['path'] },
    });
  }
  const { teacher, dataset } = api.platform.db.prisma;
  const { cuts } = await teacher.findFirstOrThrow();
  await teacher.updateMany({ data: { cuts: [1, 2, 3].map(() => ({ size: 1000, channels: 4 })) } });
  expect(await refusal({ cell, samples: [0, 1] })).toMatchObject(inSamples);
  await teacher.updateMany({ data: { cuts: cuts ?? [] } });
  await dataset.updateMany({ data: { sampleLabels: [] } });
  expect(await refusal({ cell, samples: [0] })).toMatchObject({ code: 'NOT_READY' });
});
