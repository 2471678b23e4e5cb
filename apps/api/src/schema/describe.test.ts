import { recipes } from '@blockwise/contracts';
import { spaceOf, spaceToFile } from '@blockwise/dna';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Data, startTestApi, type TestApi } from '../testing/test-api.ts';

/* What can be asked without a search: recipes, spaces, networks. */
let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

describe('recipes', () => {
  it('are shown with every value, title and source', async () => {
    const { recipes: shown } = await api.ask(
      `{ recipes { name version title source epochs batch learningRate optimizer momentum
        optimizerEpsilon weightDecay schedule decay decayEpochs warmupEpochs warmupFrom
        labelSmoothing dropout dropPath augment mixup cutmix ema seed imageSize } }`,
    );
    expect(shown.map(({ name }: Data) => name)).toEqual(Object.keys(recipes));
    const authors = shown.find(({ name }: Data) => name === 'dna-2020-authors@1');
    expect(authors).toEqual({
      ...recipes['dna-2020-authors@1'],
      name: 'dna-2020-authors@1',
      version: 1,
      optimizer: 'RMSPROP_TF',
      schedule: 'STEP',
      augment: 'AUTO_AUGMENT',
    });
  });
});

describe('spaces', () => {
  const query = /* GraphQL */ `
    query ($space: SpaceSourceInput!) {
      describeSpace(space: $space) {
        text yaml json size cellCount candidateCount stem
        blocks { index ops cells { index layers channels stride candidateCount } }
        costs { params { min max } macs { min max } flopsTool { min max } activationBytes { min max } }
      }
    }
  `;

  it('that ship are listed, the multi-cell space with its exact size', async () => {
    const { spacePresets } = await api.ask(
      '{ spacePresets { name description inputSize space { size cellCount candidateCount } } }',
    );
    expect(spacePresets.find(({ name }: Data) => name === 'dna-multi')).toMatchObject({
      inputSize: 224,
      space: {
        size: '195898498887057408',
        cellCount: 16,
        // Facts of the paper: 288 + 1548 + 1548 + 2808 + 16848 + 6.
        candidateCount: '23046',
      },
    });
  });

  it('are the same in every form', async () => {
    const space = spaceOf('small-multi-32');
    const text = (await api.ask(query, { space: { text: 'small-multi-32' } })).describeSpace;
    const yaml = await api.ask(query, { space: { yaml: spaceToFile(space, 'yaml') } });
    const json = await api.ask(query, { space: { json: spaceToFile(space, 'json') } });
    const grammar = await api.ask(query, { space: { text: text.text } });
    expect([yaml, json, grammar].map(({ describeSpace }) => describeSpace)).toEqual(
      Array(3).fill(text),
    );
    expect(text.blocks[0].cells[2]).toEqual({
      index: 3,
      layers: 2,
      channels: 32,
      stride: 2,
      candidateCount: 36,
    });
    expect(text.blocks[1].ops).toHaveLength(6);
  });

  it("cost what their networks cost: DNA's lie within the multi-cell space", async () => {
    const { costs } = (await api.ask(query, { space: { text: 'dna-multi' } })).describeSpace;
    // Least and greatest macs as the macs graph of the dna package counts them.
    expect(costs.macs).toEqual({ min: '193090192', max: '620836000' });
    expect(Number(costs.params.min)).toBeLessThan(4_243_318);
    expect(Number(costs.params.max)).toBeGreaterThan(5_273_896);
  });

  it.each([
    [{ text: 'dna-mega' }, 'SPACE_SYNTAX', ['space', 'text'], /no search space "dna-mega"/],
    [
      { text: 'stem cn_k3_s2_c8\nhead hd_c3\nblock n1' },
      'SPACE_SYNTAX',
      ['space', 'text'],
      /line 3/,
    ],
    [{ yaml: 'stem: [' }, 'SPACE_SYNTAX', ['space', 'yaml'], /not YAML/],
    [{ json: '{}' }, 'SPACE_SYNTAX', ['space', 'json', 'stem'], /stem/],
    [
      { yaml: 'stem: [cn_k3_s2_c8]\nops: [ir_k4_e3]\nblocks: [{ cells: [n1_c8] }]\nhead: hd_c8' },
      'SPACE_SYNTAX',
      ['space', 'yaml', 'ops', 0],
      /k4/,
    ],
  ])('%o is refused: %s', async (space, code, path, message) => {
    const error = await api.fail(query, { space });
    expect(error.extensions).toMatchObject({ code, path });
    expect(error.message).toMatch(message);
  });
});

describe('networks', () => {
  const fields = 'name architecture inputSize classes params macs flopsTool activationBytes';

  it('that are published have the parameters and cuts that the literature gives', async () => {
    const { publishedNetworks } = await api.ask(
      `{ publishedNetworks { ${fields} cuts { channels size } } }`,
    );
    const found = (name: string) => publishedNetworks.find((each: Data) => each.name === name);
    expect(found('tf_efficientnet_b7')).toMatchObject({ params: '66347960', inputSize: 224 });
    expect(found('tf_efficientnet_b0')).toMatchObject({ params: '5288548' });
    expect(found('resnet50')).toMatchObject({ params: '25557032' });
    expect(found('mobilenetv3_large_100')).toMatchObject({ params: '5483032' });
    expect(
      found('tf_efficientnet_b7').cuts.map(({ size, channels }: Data) => [size, channels]),
    ).toEqual([
      [112, 32],
      [56, 48],
      [28, 80],
      [14, 160],
      [14, 224],
      [7, 384],
      [7, 640],
    ]);
  });

  it("cost what DNA's tables say, layer by layer", async () => {
    const { networkCost: cost } = await api.ask(
      `query ($architecture: String!) { networkCost(architecture: $architecture) {
        ${fields} layers { part layer inChannels inSize outChannels outSize params macs flopsTool activationBytes } } }`,
      { architecture: 'dna_a' },
    );
    expect(cost).toMatchObject({
      name: 'dna_a',
      params: '4243318',
      macs: '335141728',
      flopsTool: '348161054',
    });
    for (const axis of ['params', 'macs', 'flopsTool', 'activationBytes']) {
      const sum = cost.layers.reduce((total: number, row: Data) => total + Number(row[axis]), 0);
      expect(String(sum)).toBe(cost[axis]);
    }
    const { networkCost: c } = await api.ask(
      '{ networkCost(architecture: "dna_c") { params flopsTool } }',
    );
    expect(c).toEqual({ params: '5273896', flopsTool: '465920048' });
    expect(cost.layers[0]).toMatchObject({ part: 'stem', inSize: 224, outSize: 112 });
    expect(cost.layers.at(-1)).toMatchObject({ part: 'head', layer: 'fc', outChannels: 1000 });
  });

  it('are scaled as EfficientNet is', async () => {
    const query = `query ($width: Float!, $depth: Float!) {
      scaleNetwork(architecture: "efficientnet_b0", width: $width, depth: $depth) { ${fields} } }`;
    const { scaleNetwork } = await api.ask(query, { width: 2, depth: 3.1 });
    expect(scaleNetwork.params).toBe('66347960');
    const error = await api.fail(query, { width: 0, depth: 1 });
    expect(error.extensions).toMatchObject({ code: 'BAD_INPUT', path: ['width'] });
  });

  it.each([
    ['networkCost(architecture: "resnet51")', 'SPACE_SYNTAX', ['architecture']],
    ['networkCost(architecture: "resnet50", inputSize: 4)', 'BAD_INPUT', ['inputSize']],
    ['networkCost(architecture: "resnet50", classes: 1)', 'BAD_INPUT', ['classes']],
    ['publishedNetworks(inputSize: 5000)', 'BAD_INPUT', ['inputSize']],
  ])('%s: %s', async (field, code, path) => {
    const { extensions } = await api.fail(`{ ${field} { params } }`);
    expect(extensions).toMatchObject({ code, path });
  });
});
