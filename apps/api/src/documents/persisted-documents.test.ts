import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { usualLimits } from '../limits/operation-limits.ts';
import { send } from '../testing/send.ts';
import { connectTo, startTestApi, type TestApi } from '../testing/test-api.ts';
import { documentId, readPersistedDocuments } from './persisted-documents.ts';

const known = 'query Page($first: Int) { searches(first: $first) { totalCount nodes { id } } }';
const id = documentId(known);

describe('a manifest', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'blockwise-documents-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const written = async (text: string) => {
    const file = path.join(folder, 'documents.json');
    await writeFile(file, text);
    return file;
  };

  it('is texts by the hashes of the texts', async () => {
    const file = await written(JSON.stringify({ [id]: known }));
    expect([...readPersistedDocuments(file)]).toEqual([[id, known]]);
  });

  it.each([
    ['is missing', undefined],
    ['is no JSON', '{'],
    ['is no object of texts', '{"a": 1}'],
    ['has an id that is not of its text', JSON.stringify({ [id]: `${known} ` })],
  ])('that %s is refused in one line', async (_what, text) => {
    const file = text === undefined ? path.join(folder, 'none.json') : await written(text);
    expect(() => readPersistedDocuments(file)).toThrow(
      /^The documents in .*\.json \(PERSISTED_DOCUMENTS\) cannot be used: [^\n]+\.$/,
    );
  });

  describe('that a server was started with', () => {
    let api: TestApi;
    let strict: TestApi;
    beforeAll(async () => {
      const documentsFile = await written(JSON.stringify({ [id]: known }));
      api = await startTestApi({ documentsFile });
      const limits = { ...usualLimits, documentsOnly: true };
      strict = await startTestApi({ documentsFile, limits });
    });
    afterAll(async () => {
      await api.close();
      await strict.close();
    });

    const ask = (body: unknown, headers: Record<string, string> = {}, to = api) =>
      send(to.server.url, { body, headers });
    const page = { searches: { totalCount: 0, nodes: [] } };

    it('lets a request name a document, over HTTP and over a socket', async () => {
      const { data, extensions } = await ask({ documentId: id, variables: { first: 3 } });
      expect(data).toEqual(page);
      expect(extensions).toMatchObject({ cost: { requested: 6 } });
      const client = connectTo(api.server, api.token);
      const message = { query: '', variables: { first: 3 }, extensions: { documentId: id } };
      const { value } = await client.iterate(message).next();
      expect(value).toMatchObject({ data: page, extensions: { cost: { requested: 6 } } });
      await client.dispose();
    });

    it('leaves texts as they are', async () => {
      expect((await ask({ query: known })).data).toEqual(page);
    });

    it('refuses ids of nothing, and never takes a text that comes with one', async () => {
      const unknown = documentId('{ serverInfo { name } }');
      for (const documentId of [unknown, '', 7, null, {}, '__proto__', 'constructor']) {
        const { status, errors, data } = await ask({ documentId });
        expect([status, data]).toEqual([400, undefined]);
        expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_INPUT', path: ['documentId'] });
      }
      const both = await ask({ documentId: id, query: '{ serverInfo { name } }' });
      expect([both.status, both.errors[0]?.extensions.path]).toEqual([400, ['documentId']]);
      const client = connectTo(api.server, api.token);
      const asked = client.iterate({ query: known, extensions: { documentId: unknown } }).next();
      await expect(asked).rejects.toMatchObject([
        { extensions: { code: 'BAD_INPUT', path: ['documentId'] } },
      ]);
      await client.dispose();
    });

    it('is all that runs without a token where the operator says so', async () => {
      expect((await ask({ documentId: id }, {}, strict)).data).toEqual(page);
      const other = { query: '{ serverInfo { name } }' };
      const { status, errors } = await ask(other, {}, strict);
      expect([status, errors[0]?.extensions.code]).toEqual([400, 'UNAUTHENTICATED']);
      expect((await strict.post(other.query)).data).toEqual({ serverInfo: { name: 'Blockwise' } });
      const client = connectTo(strict.server, null);
      await expect(client.iterate(other).next()).rejects.toMatchObject([
        { extensions: { code: 'UNAUTHENTICATED' } },
      ]);
      await client.dispose();
    });
  });
});
