import { createHash } from 'node:crypto';
import { exportFormats } from '@blockwise/contracts';
import { takeAttempt } from '@blockwise/db/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { LinkSigner } from '../links/link-signer.ts';
import { type Data, startTestApi, type TestApi, testOrigin } from '../testing/test-api.ts';
import { playExport, playThrough, startSearch } from '../testing/test-search.ts';
import { encodeGlobalId } from './global-id.ts';

/* A network as files: asked for, made by a trainer, downloaded. */
let api: TestApi;
let search: string;
let network: Data;
beforeAll(async () => {
  api = await startTestApi();
  search = await startSearch(api);
  await playThrough(api.platform, 'retrain');
  const { search: found } = await api.ask(
    'query ($id: ID!) { search(id: $id) { networks { nodes { id sha256 architecture retrainings { id } } } } }',
    { id: search },
  );
  [network] = found.networks.nodes;
});
afterAll(() => api.close());

const exportNetwork = /* GraphQL */ `
  mutation ($input: ExportNetworkInput!) {
    exportNetwork(input: $input) {
      id source architecture weightsSha256 job { kind state } network { id } retraining { id }
      files { format bytes sha256 url }
    }
  }
`;

function download(url: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(new URL(url, api.server.url), { headers });
}

async function codeOf(answer: Response): Promise<string> {
  const { errors }: Data = await answer.json();
  return errors[0].extensions.code;
}

describe('exportNetwork', () => {
  it('answers one export, with its files when they are made', async () => {
    const input = { network: network.id };
    const { exportNetwork: order } = await api.ask(exportNetwork, { input });
    expect(order).toMatchObject({
      source: 'TRAINED',
      architecture: network.architecture,
      weightsSha256: network.sha256,
      job: { kind: 'EXPORT', state: 'QUEUED' },
      network: { id: network.id },
      retraining: { id: network.retrainings[0].id },
      files: [],
    });
    await playExport(api);
    const { exportNetwork: made } = await api.ask(exportNetwork, { input });
    expect(made).toMatchObject({ id: order.id, job: { state: 'COMPLETE' } });
    expect(made.files.map(({ format }: Data) => format)).toEqual(
      exportFormats.map((format) => format.toUpperCase()),
    );
    const { node } = await api.ask(
      'query ($id: ID!) { node(id: $id) { ... on Network { state exports { id files { url } } } } }',
      { id: network.id },
    );
    expect(node).toEqual({
      state: 'COMPLETE',
      exports: [
        {
          id: order.id,
          files: made.files.map(({ sha256 }: Data) => ({
            url: expect.stringMatching(new RegExp(`^/artifacts/${sha256}\\?signed=`)),
          })),
        },
      ],
    });

    for (const { url, sha256, bytes, format } of made.files) {
      const answer = await download(url, { Origin: testOrigin });
      const content = new Uint8Array(await answer.arrayBuffer());
      expect(answer.status).toBe(200);
      expect(content).toHaveLength(Number(bytes));
      expect(createHash('sha256').update(content).digest('hex')).toBe(sha256);
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        'content-type': 'application/zip',
        'content-disposition': `attachment; filename="blockwise-${sha256.slice(0, 12)}-${format.toLowerCase()}.zip"`,
        'access-control-allow-origin': testOrigin,
        'x-content-type-options': 'nosniff',
      });
    }
  });

  it.each([
    [{ weights: 'CUT' }, 'NOT_READY', ['network']],
    [{ retraining: 'seven' }, 'BAD_INPUT', ['retraining']],
    [
      { retraining: encodeGlobalId('Retraining', '00000000-0000-4000-8000-000000000000') },
      'NOT_FOUND',
      ['retraining'],
    ],
    [
      { network: encodeGlobalId('Network', '00000000-0000-4000-8000-000000000000') },
      'NOT_FOUND',
      ['network'],
    ],
  ])('refuses %o', async (changes, code, path) => {
    const input = { network: network.id, ...changes };
    const { extensions } = await api.fail(exportNetwork, { input });
    expect(extensions).toMatchObject({ code, path });
  });
});

describe('exportTeacher', () => {
  it('answers an export of the teacher, which fails and is asked for again', async () => {
    const mutation = `mutation ($search: ID!) { exportTeacher(input: { search: $search }) {
      id source network { id } job { id state failure { code } } } }`;
    const { exportTeacher: order } = await api.ask(mutation, { search });
    expect(order).toMatchObject({ source: 'TEACHER', network: null, job: { state: 'QUEUED' } });
    const attempt = await takeAttempt(api.platform, 'export');
    const failure = { code: 'ARTIFACT_MISSING', message: 'the weights are gone' } as const;
    await attempt.fail(failure, { retry: false });
    const { node } = await api.ask(
      'query ($id: ID!) { node(id: $id) { ... on Export { job { id state failure { code } } } } }',
      { id: order.id },
    );
    expect(node.job).toEqual({ ...order.job, state: 'FAILED', failure: { code: failure.code } });
    const { exportTeacher: again } = await api.ask(mutation, { search });
    expect(again.id).toBe(order.id);
    expect(again.job).toMatchObject({ state: 'QUEUED', failure: null });
    expect(again.job.id).not.toBe(order.job.id);
    await playExport(api);
    const { search: found } = await api.ask(
      'query ($id: ID!) { search(id: $id) { teacher { exports { id files { format } } } } }',
      { id: search },
    );
    expect(found.teacher.exports).toMatchObject([{ id: order.id }]);
    expect(found.teacher.exports[0].files).toHaveLength(exportFormats.length);
  });
});

describe('/artifacts', () => {
  async function filesOf(): Promise<Data[]> {
    const { exportNetwork: made } = await api.ask(exportNetwork, {
      input: { network: network.id },
    });
    return made.files;
  }

  it('has nothing without a signature', async () => {
    const [file] = await filesOf();
    const stored = await api.artifacts.put(new TextEncoder().encode('no export'));
    for (const name of [
      file.sha256,
      stored.sha256,
      network.sha256,
      'x',
      '..%2f..%2fetc%2fpasswd',
    ]) {
      for (const query of ['', '?signed=', '?signed=x', '?signed=x&signed=y', '?signed[a]=b']) {
        const answer = await download(`/artifacts/${name}${query}`);
        expect(answer.status).toBe(403);
        expect(await codeOf(answer)).toBe('FORBIDDEN');
      }
    }
  });

  it('takes a signature for its own file only', async () => {
    const [file, other] = await filesOf();
    const [, query] = file.url.split('?');
    const { sha256 } = await api.artifacts.put(new TextEncoder().encode('no export'));
    const secret = new LinkSigner('a secret of the tests, long enough');
    for (const url of [
      `/artifacts/${other.sha256}?${query}`,
      // What the API never gives: signed, but no file of an export, or no file at all.
      `/artifacts/${sha256}?signed=${secret.sign({ kind: 'artifact', sha256 }, null).signed}`,
      `/downloads/${query.slice('signed='.length)}`,
    ]) {
      const answer = await download(url);
      expect(answer.status).toBe(404);
      expect(await codeOf(answer)).toBe('NOT_FOUND');
    }
  });

  it('says when a link is too old', async () => {
    const [file] = await filesOf();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 600_000 });
    const answer = await download(file.url);
    vi.useRealTimers();
    expect(answer.status).toBe(410);
    expect((await download(file.url)).status).toBe(200);
  });

  it('says when a file is gone', async () => {
    const [file] = await filesOf();
    const other = await api.startAnother({ artifactFolder: null });
    const gone = await fetch(new URL(file.url, other.url));
    expect(gone.status).toBe(404);
    expect(await codeOf(gone)).toBe('ARTIFACT_MISSING');
  });

  it('is guarded as everything else', async () => {
    const answer = await download('/artifacts/x', { Origin: 'https://example.org' });
    expect(answer.status).toBe(403);
    expect(await codeOf(answer)).toBe('BAD_INPUT');
  });
});
