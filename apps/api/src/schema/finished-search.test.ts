import { networkCost, parseNetwork } from '@blockwise/dna';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Data, startTestApi, type TestApi } from '../testing/test-api.ts';
import { playThrough, startSearch, task, testLoss } from '../testing/test-search.ts';
import { decodeGlobalId, encodeGlobalId } from './global-id.ts';

const unknownId = '00000000-0000-4000-8000-000000000000';
const unknown = encodeGlobalId('Search', unknownId);

/* All that a finished search answers; the trainer's side is played by the services of db. */
describe('a finished search', () => {
  let api: TestApi;
  let searchId: string;
  let search: Data;

  beforeAll(async () => {
    api = await startTestApi();
    searchId = await startSearch(api);
    await playThrough(api.platform, 'retrain');
    ({ search } = await api.ask(
      /* GraphQL */ `
        query ($id: ID!) {
          search(id: $id) {
            state phase failure { code message } createdAt startedAt finishedAt
            dataset { kind hash classes size trainCount testCount testPart mean std rejected { file reason } }
            teacher { kind architecture params macs top1 testCount sha256 cuts { channels size }
              recipe { name } differences { field recipe used } }
            blocks { index cells { id state trainLoss
              best { path layers loss error kl top1 params macs flopsTool activationBytes rank }
              distilJob { id kind state cell { id } } rateJob { id kind state } } }
            jobs { nodes { id kind state attempt progress { done total unit perSecond note } curveKeys
              cell { id } network { id } createdAt startedAt finishedAt
              runs { attempt state trainer engine device versions startedAt finishedAt resumedFromStep failure { code } } } }
            networks { nodes { id origin predictedRank loss architecture params macs flopsTool activationBytes
              latencyMs state top1 top1Deviation sha256 choices { block cell path } search { id }
              retrainings { id seed top1 state sha256 architecture params recipe { name epochs }
                init globalDistil differences { field recipe used } job { kind state } } } }
          }
        }
      `,
      { id: searchId },
    ));
  });
  afterAll(() => api.close());

  it('has its data set and teacher', () => {
    expect(search).toMatchObject({
      state: 'COMPLETE',
      phase: null,
      failure: null,
      dataset: {
        kind: 'procedural',
        classes: ['circle', 'cross', 'square'],
        size: 16,
        trainCount: 120,
        testCount: 30,
        testPart: 'generated',
        mean: [0.5, 0.4, 0.3],
        rejected: [{ file: 'train/cross/9.png', reason: 'truncated' }],
      },
      teacher: {
        top1: 0.8,
        recipe: { name: 'small@1' },
        differences: [
          { field: 'epochs', used: '1' },
          { field: 'batch', used: '8' },
          { field: 'learningRate', used: '0.01' },
        ],
        macs: String(networkCost(parseNetwork(search.teacher.architecture), task).macs),
        cuts: [
          { channels: 8, size: 8 },
          { channels: 12, size: 8 },
          { channels: 16, size: 4 },
        ],
      },
    });
    expect(search.finishedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });

  it('has rated cells with their best path, printed with stride and width', () => {
    const [first, second] = search.blocks;
    expect(second.cells).toHaveLength(1);
    expect(first.cells[0]).toMatchObject({ state: 'COMPLETE', trainLoss: 0.25 });
    const [cell] = second.cells;
    const best = Math.min(...Array.from({ length: 9 }, (_, index) => testLoss(1, 0, index)));
    expect(cell.best).toMatchObject({ loss: best, rank: 1 });
    expect(cell.best.layers).toHaveLength(2);
    expect(cell.best.layers[0]).toMatch(/^ir_k\d_s2_e\d_c16/);
    expect(cell.best.layers[1]).toMatch(/^ir_k\d_s1_e\d_c16/);
    expect(cell.distilJob).toMatchObject({
      kind: 'DISTIL',
      state: 'COMPLETE',
      cell: { id: cell.id },
    });
  });

  it('has its jobs by phase, with runs and curve keys', () => {
    expect(search.jobs.nodes.map(({ kind }: Data) => kind)).toEqual([
      'TEACHER',
      ...Array(3).fill('DISTIL'),
      ...Array(3).fill('RATE'),
      'SOLVE',
      ...Array(2).fill('RETRAIN'),
      ...Array(2).fill('VERIFY'),
    ]);
    expect(search.jobs.nodes[1]).toMatchObject({
      state: 'COMPLETE',
      attempt: 1,
      progress: { done: 1, total: 4, unit: 'steps', perSecond: 2, note: null },
      curveKeys: ['loss'],
      runs: [
        {
          attempt: 1,
          state: 'COMPLETE',
          engine: 'wasm',
          versions: { blockwise: '0.1.0', node: '22.23.3' },
          resumedFromStep: null,
          failure: null,
        },
      ],
    });
    expect(search.jobs.nodes.at(-1).network.id).toBe(search.networks.nodes[1].id);
  });

  it('has its networks, as their architecture says', () => {
    expect(search.networks.nodes.map(({ predictedRank }: Data) => predictedRank)).toEqual([1, 2]);
    const [network] = search.networks.nodes;
    expect(network).toMatchObject({ state: 'COMPLETE', top1: 0.6, search: { id: searchId } });
    const { params, macs } = networkCost(parseNetwork(network.architecture), task);
    expect(network).toMatchObject({ params: String(params), macs: String(macs) });
    expect(search.networks.nodes[1].retrainings).toMatchObject([
      { seed: 1, init: 'SCRATCH', globalDistil: null },
    ]);
    for (const { retrainings } of search.networks.nodes) {
      const changed = retrainings[0].differences.map(({ field }: Data) => field);
      expect(changed).toEqual(['epochs', 'batch', 'learningRate']);
    }
    expect(network.choices.map(({ block }: Data) => block)).toEqual([1, 2]);
  });

  it('is found again by node and nodes', async () => {
    const ids = [
      searchId,
      search.blocks[0].cells[0].id,
      search.jobs.nodes[0].id,
      search.networks.nodes[0].id,
      unknown,
    ];
    const { nodes, node } = await api.ask(
      'query ($ids: [ID!]!, $id: ID!) { nodes(ids: $ids) { __typename id } node(id: $id) { ... on Cell { layers } } }',
      { ids, id: ids[1] },
    );
    expect(nodes.map((found: Data) => found?.__typename ?? null)).toEqual([
      'Search',
      'Cell',
      'Job',
      'Network',
      null,
    ]);
    expect(nodes.slice(0, 4).map(({ id }: Data) => id)).toEqual(ids.slice(0, 4));
    expect(node.layers).toBe(1);
    const many = await api.fail('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
      ids: Array(101).fill(searchId),
    });
    expect(many.extensions).toMatchObject({ code: 'BAD_INPUT', path: ['ids'] });
  });

  it('answers null or BAD_INPUT for other ids', async () => {
    const query = 'query ($id: ID!) { search(id: $id) { id } }';
    expect(await api.ask(query, { id: unknown })).toEqual({ search: null });
    for (const id of ['seven', '', encodeGlobalId('Cell', unknownId)]) {
      expect((await api.fail(query, { id })).extensions).toMatchObject({
        code: 'BAD_INPUT',
        path: ['id'],
      });
    }
    const node = await api.fail('query ($id: ID!) { node(id: $id) { id } }', { id: 'seven' });
    expect(node.extensions.code).toBe('BAD_INPUT');
  });

  describe('candidates', () => {
    const query = /* GraphQL */ `
      query ($cell: ID!, $orderBy: CandidateOrder, $first: Int, $after: String) {
        candidates(cell: $cell, orderBy: $orderBy, first: $first, after: $after) {
          totalCount
          pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
          nodes { path loss macs rank }
          edges { cursor node { path } }
        }
      }
    `;
    const cell = () => search.blocks[1].cells[0].id;

    async function allPages(variables: object): Promise<Data[]> {
      const nodes: Data[] = [];
      let after: string | null = null;
      do {
        const { candidates } = await api.ask(query, {
          ...variables,
          cell: cell(),
          first: 2,
          after,
        });
        expect(candidates.totalCount).toBe(9);
        nodes.push(...candidates.nodes);
        after = candidates.pageInfo.hasNextPage ? candidates.pageInfo.endCursor : null;
      } while (after !== null);
      return nodes;
    }

    it('come best first, page by page to the end, each once', async () => {
      const nodes = await allPages({});
      expect(new Set(nodes.map(({ path }) => path)).size).toBe(9);
      expect(nodes.map(({ rank }) => rank)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
      const losses = nodes.map(({ loss }) => loss);
      expect(losses).toEqual([...losses].sort((a, b) => a - b));
    });

    it.each([
      ['LOSS', 'DESC', ({ loss }: Data) => -loss],
      ['MACS', 'ASC', ({ macs }: Data) => Number(macs)],
      ['MACS', 'DESC', ({ macs }: Data) => -Number(macs)],
      ['PATH', 'ASC', ({ path }: Data) => Number.parseInt(path, 36)],
      ['PARAMS', 'ASC', () => 0],
    ])('are sorted by %s %s', async (field, direction, key) => {
      const nodes = await allPages({ orderBy: { field, direction } });
      expect(nodes).toHaveLength(9);
      const keys = nodes.map(key);
      expect(keys).toEqual([...keys].sort((a, b) => a - b));
    });

    it('are filtered by operations in the grammar, and by bounds', async () => {
      const ops = ['ir_k3_e3', 'ir_k5_e6_se0.25', 'ir_k7_e3'];
      const asking = query
        .replace('$orderBy', '$filter: CandidateFilter, $orderBy')
        .replace('cell: $cell', 'cell: $cell, filter: $filter');
      const filtered = async (filter: object) => {
        const { candidates } = await api.ask(asking, { cell: cell(), filter, first: 100 });
        expect(candidates.totalCount).toBe(candidates.nodes.length);
        return candidates.nodes.map(({ path }: Data) => path).sort();
      };
      expect(await filtered({ ops: [{ layer: 2, ops: [ops[1]] }] })).toEqual(['01', '11', '21']);
      expect(await filtered({ ops: [{ layer: 1, ops: [ops[0], ops[2]] }] })).toHaveLength(6);
      expect(await filtered({ rank: { max: '2' } })).toHaveLength(2);
      for (const [filter, path] of [
        [{ ops: [{ layer: 3, ops: [ops[0]] }] }, ['filter', 'ops', 0, 'layer']],
        [{ ops: [{ layer: 1, ops: ['ir_k9_e1'] }] }, ['filter', 'ops', 0, 'ops', 0]],
      ] as const) {
        const { extensions } = await api.fail(asking, { cell: cell(), filter });
        expect(extensions).toMatchObject({ code: 'BAD_INPUT', path });
      }
    });

    it('come all at once as packed columns, by path', async () => {
      const { candidates } = await api.ask(
        query.replace('rank }', 'rank error kl top1 params activationBytes }'),
        { cell: cell(), orderBy: { field: 'PATH' }, first: 100 },
      );
      const { candidateColumns: packed } = await api.ask(
        `query ($cell: ID!) { candidateColumns(cell: $cell) {
          count indices ranks loss error kl top1 params macs flopsTool activationBytes } }`,
        { cell: cell() },
      );
      const bytes = (column: string) => Uint8Array.from(Buffer.from(column, 'base64')).buffer;
      const ints = (column: string) => [...new Int32Array(bytes(column))];
      const floats = (column: string) => [...new Float64Array(bytes(column))];
      const nodes: Data[] = candidates.nodes;
      const all = (name: string) => nodes.map(({ [name]: value }) => value);
      expect(packed.count).toBe(9);
      expect(ints(packed.indices)).toEqual(nodes.map(({ path }) => Number.parseInt(path, 3)));
      expect(ints(packed.ranks)).toEqual(all('rank'));
      expect(floats(packed.loss)).toEqual(all('loss'));
      for (const name of ['params', 'macs', 'activationBytes']) {
        expect(floats(packed[name])).toEqual(all(name).map(Number));
      }
      for (const name of ['error', 'kl', 'top1']) {
        const known = all(name).some((value) => value !== null);
        expect(packed[name] && floats(packed[name])).toEqual(
          known ? all(name).map((value) => value ?? Number.NaN) : null,
        );
      }
    });

    it('refuse wrong pages', async () => {
      const page = { cell: cell() };
      const codes = await Promise.all(
        [{ first: 0 }, { first: 101 }, { after: 'x' }].map(
          async (more) => (await api.fail(query, { ...page, ...more })).extensions,
        ),
      );
      expect(codes).toMatchObject([
        { code: 'BAD_INPUT', path: ['first'] },
        { code: 'BAD_INPUT', path: ['first'] },
        { code: 'BAD_INPUT', path: ['after'] },
      ]);
      const missing = await api.fail(query, { cell: encodeGlobalId('Cell', unknownId) });
      expect(missing.extensions).toMatchObject({ code: 'NOT_FOUND', path: ['cell'] });
    });
  });

  describe('curves', () => {
    const query = /* GraphQL */ `
      query ($jobs: [ID!]!, $keys: [String!], $minStep: Int, $maxStep: Int, $maxPoints: Int! = 2000, $sampling: Sampling! = MIN_MAX) {
        curves(jobs: $jobs, keys: $keys, minStep: $minStep, maxStep: $maxStep, maxPoints: $maxPoints, sampling: $sampling) {
          job key steps values wallTimes
        }
      }
    `;
    const jobs = () => [search.jobs.nodes[1].id, search.jobs.nodes[0].id];

    it('are columns; a job without a named key appears empty', async () => {
      const { curves } = await api.ask(query, { jobs: jobs(), keys: ['loss'] });
      expect(curves).toEqual([
        {
          job: jobs()[0],
          key: 'loss',
          steps: [1, 2, 3, 4],
          values: [1, 1 / 2, 1 / 3, 1 / 4],
          wallTimes: [1, 2, 3, 4].map((step) => 1_700_000_000 + step / 10),
        },
        { job: jobs()[1], key: 'loss', steps: [], values: [], wallTimes: [] },
      ]);
    });

    it('are the same packed, bit by bit', async () => {
      const packing = query.replace(
        'steps values wallTimes',
        'packed { count steps values wallTimes }',
      );
      const { curves } = await api.ask(packing, { jobs: jobs(), keys: ['loss'] });
      const bytes = (base64: string) => Uint8Array.from(Buffer.from(base64, 'base64')).buffer;
      const [{ packed }, { packed: empty }] = curves;
      expect([...new Int32Array(bytes(packed.steps))]).toEqual([1, 2, 3, 4]);
      expect([...new Float64Array(bytes(packed.values))]).toEqual([1, 1 / 2, 1 / 3, 1 / 4]);
      expect([...new Float64Array(bytes(packed.wallTimes))]).toEqual(
        [1, 2, 3, 4].map((step) => 1_700_000_000 + step / 10),
      );
      expect(packed.count).toBe(4);
      expect(empty).toEqual({ count: 0, steps: '', values: '', wallTimes: '' });
    });

    it('are all curves of each job when no key is named', async () => {
      const { curves } = await api.ask(query, { jobs: jobs() });
      expect(curves.map(({ job, key }: Data) => [job, key])).toEqual([[jobs()[0], 'loss']]);
    });

    it('are cut by step and thinned', async () => {
      const steps = async (variables: object) => {
        const { curves } = await api.ask(query, { jobs: jobs().slice(0, 1), ...variables });
        return curves[0].steps;
      };
      expect(await steps({ minStep: 2, maxStep: 3 })).toEqual([2, 3]);
      expect(await steps({ maxPoints: 2 })).toEqual([1, 4]);
      expect(await steps({ maxPoints: 2, sampling: 'NONE' })).toEqual([1, 2, 3, 4]);
      expect(await steps({ maxPoints: 2, sampling: 'LAST' })).toHaveLength(2);
    });

    it('refuse what is too much or wrong', async () => {
      const [job] = jobs();
      const { id } = decodeGlobalId(job);
      const many = Array.from({ length: 501 }, (_, i) =>
        encodeGlobalId('Job', id.slice(0, -4) + String(i).padStart(4, '0')),
      );
      for (const [variables, path] of [
        [{ jobs: many }, ['jobs']],
        [{ jobs: [job], maxPoints: 1 }, ['maxPoints']],
        [{ jobs: [job, 'x'] }, ['jobs', 1]],
        [{ jobs: [job], keys: Array.from({ length: 5001 }, (_, i) => `key ${i}`) }, ['keys']],
      ] as const) {
        expect((await api.fail(query, variables)).extensions).toMatchObject({
          code: 'BAD_INPUT',
          path,
        });
      }
      const missing = await api.fail(query, { jobs: [job, encodeGlobalId('Job', unknownId)] });
      expect(missing.extensions).toMatchObject({ code: 'NOT_FOUND', path: ['jobs', 1] });
    });
  });
});
