import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { everyNetwork } from '../testing/every-network.ts';
import { type Data, startTestApi, type TestApi } from '../testing/test-api.ts';
import { playRetrain, playThrough, startSearch } from '../testing/test-search.ts';
import { encodeGlobalId } from './global-id.ts';

const all = everyNetwork();
const start = /* GraphQL */ `
  mutation ($input: StartAuditInput!) {
    startAudit(input: $input) {
      id name state spec finishedAt failure { code } search { id }
      networks { id origin loss macs architecture state top1 audit { name } retrainings { seed } }
    }
  }
`;

let api: TestApi;
let search: string;
beforeAll(async () => {
  api = await startTestApi();
  search = await startSearch(api);
  await playThrough(api.platform, 'retrain');
});
afterAll(() => api.close());

describe('startAudit', () => {
  it('draws networks over macs, predicts them from the ratings, and has them trained', async () => {
    const spec = { name: 'can it rank?', networks: 8, training: { epochs: 1, seeds: 2 } };
    const { startAudit: audit } = await api.ask(start, { input: { search, spec } });
    expect(audit).toMatchObject({
      name: 'can it rank?',
      failure: null,
      finishedAt: null,
      search: { id: search },
      spec: { networks: 8, seed: 0, macs: null, training: { epochs: 1, recipe: 'small@1' } },
    });
    expect(audit.networks).toHaveLength(8);
    const texts = audit.networks.map(({ architecture }: Data) => architecture);
    expect(new Set(texts).size).toBe(8);
    const macs = audit.networks.map((network: Data) => Number(network.macs));
    expect(macs).toEqual([...macs].sort((a, b) => a - b));
    for (const network of audit.networks) {
      const listed = all.find(({ architecture }) => architecture === network.architecture);
      expect(network.loss).toBeCloseTo(listed?.loss ?? Number.NaN, 10);
      expect(network).toMatchObject({
        origin: 'AUDIT',
        state: 'QUEUED',
        audit: { name: 'can it rank?' },
      });
    }
    const seeds = audit.networks.flatMap(({ retrainings }: Data) =>
      retrainings.map(({ seed }: Data) => seed),
    );
    expect(new Set(seeds).size).toBe(16);
    for (let i = 0; i < 16; i++) await playRetrain(api.platform, 0.5 + i / 100);
    const { audit: done, search: whole } = await api.ask(
      `query ($id: ID!, $search: ID!) {
        audit(id: $id) { state finishedAt networks { state top1 top1Deviation } }
        search(id: $search) { state audits { nodes { id } } networks { totalCount } audited: networks(origin: AUDIT) { totalCount nodes { id } } }
      }`,
      { id: audit.id, search },
    );
    expect(done).toMatchObject({ state: 'COMPLETE', finishedAt: expect.any(String) });
    expect(done.networks.every(({ state }: Data) => state === 'COMPLETE')).toBe(true);
    expect(whole).toMatchObject({ state: 'COMPLETE', audits: { nodes: [{ id: audit.id }] } });
    expect([whole.networks.totalCount, whole.audited.totalCount]).toEqual([2, 8]);
    expect(whole.audited.nodes).toHaveLength(8);
  });

  it('draws the same for the same seed, and starts nothing twice for one key', async () => {
    const draw = async (spec: object, idempotencyKey?: string) =>
      (await api.ask(start, { input: { search, spec, idempotencyKey } })).startAudit;
    const texts = ({ networks }: Data) => networks.map(({ architecture }: Data) => architecture);
    const first = await draw({ networks: 4, seed: 3 }, 'audit 1');
    expect((await draw({ networks: 4, seed: 3 }, 'audit 1')).id).toBe(first.id);
    const again = await draw({ networks: 4, seed: 3 });
    expect(again.id).not.toBe(first.id);
    expect(texts(again)).toEqual(texts(first));
    const input = { search, spec: { networks: 5 }, idempotencyKey: 'audit 1' };
    expect((await api.fail(start, { input })).extensions.code).toBe('CONFLICT');

    const cancel = 'mutation ($audit: ID!) { cancelAudit(input: { audit: $audit }) { state } }';
    for (const { id } of [first, again]) {
      expect((await api.ask(cancel, { audit: id })).cancelAudit.state).toBe('CANCELLED');
    }
    expect(await api.platform.queue.fetch('retrain')).toBeNull();
  });

  it.each([
    [{ networks: 3 }, 'SPEC_INVALID', ['spec', 'networks']],
    [{ training: { epochs: 0 } }, 'SPEC_INVALID', ['spec', 'training', 'epochs']],
    [{ networks: 110 }, 'INFEASIBLE', ['spec', 'macs']],
    [{ macs: { min: 1, max: 2 } }, 'INFEASIBLE', ['spec', 'macs']],
  ])('refuses %o: %s', async (spec, code, path) => {
    const { extensions } = await api.fail(start, { input: { search, spec } });
    expect(extensions).toMatchObject({ code, path });
  });

  it('is NOT_FOUND for a search that is not there', async () => {
    const unknown = encodeGlobalId('Search', '00000000-0000-4000-8000-000000000000');
    const { extensions } = await api.fail(start, { input: { search: unknown } });
    expect(extensions).toMatchObject({ code: 'NOT_FOUND', path: ['search'] });
  });
});
