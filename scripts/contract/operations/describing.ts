import assert from 'node:assert/strict';
import type { Operation } from '../operation.ts';
import { spec } from '../own-search.ts';

/** What the software knows, and calculations on what a request brings along. */
export const describing: readonly Operation[] = [
  {
    name: 'Query.serverInfo',
    who: 'ANYONE',
    scope: 'READ',
    document: '{ serverInfo { name version features } }',
    check({ name, version, features }) {
      assert.equal(name, 'Blockwise');
      assert.match(version, /^\d+\.\d+\.\d+/);
      assert.equal(new Set(features).size, features.length);
    },
  },
  {
    name: 'Query.recipes',
    who: 'ANYONE',
    scope: 'READ',
    document: '{ recipes { name title source epochs learningRate } }',
    check(recipes) {
      const names = recipes.map(({ name }: { name: string }) => name);
      assert.ok(names.includes('small@1') && names.includes('dna-2020@1'), String(names));
      assert.equal(new Set(names).size, names.length);
    },
  },
  {
    name: 'Query.spacePresets',
    who: 'ANYONE',
    scope: 'READ',
    document: '{ spacePresets { name inputSize space { size } } }',
    check(presets) {
      const multi = presets.find(({ name }: { name: string }) => name === 'dna-multi');
      assert.equal(multi?.space.size, '195898498887057408');
    },
  },
  {
    name: 'Query.publishedNetworks',
    who: 'ANYONE',
    scope: 'READ',
    document: '{ publishedNetworks { name params flopsTool } }',
    check(networks) {
      const found = networks.find(({ name }: { name: string }) => name === 'dna_a');
      assert.deepEqual([found?.params, found?.flopsTool], ['4243318', '348161054']);
    },
    refusals: [],
  },
  {
    name: 'Query.checkSearch',
    who: 'SIGNED_IN',
    scope: 'READ',
    document: `query ($input: CheckSearchInput!) {
      checkSearch(input: $input) { problems { path code } spaceSize phases { phase jobs } }
    }`,
    variables: ({ team }) => ({ input: { team, spec: { ...spec, ratingPerClass: 0 } } }),
    check({ problems, spaceSize, phases }) {
      assert.deepEqual(problems, [{ path: ['spec', 'ratingPerClass'], code: 'SPEC_INVALID' }]);
      assert.deepEqual([spaceSize, phases], ['2', []]);
    },
    refusals: [],
  },
  {
    name: 'Query.describeSpace',
    who: 'SIGNED_IN',
    scope: 'READ',
    document: `query ($space: SpaceSourceInput!) {
      describeSpace(space: $space) { text size cellCount candidateCount json }
    }`,
    variables: () => ({ space: { text: spec.space } }),
    check({ size, cellCount, candidateCount, json }) {
      assert.deepEqual([size, cellCount, candidateCount], ['2', 1, '2']);
      assert.equal(typeof JSON.parse(json), 'object');
    },
    refusals: [
      {
        code: 'SPACE_SYNTAX',
        told: 'what is no space',
        variables: () => ({ space: { text: 'stem nothing' } }),
      },
      {
        code: 'BAD_INPUT',
        told: 'two forms',
        variables: () => ({ space: { text: 'a', yaml: 'b' } }),
      },
    ],
  },
  {
    name: 'Query.networkCost',
    who: 'SIGNED_IN',
    scope: 'READ',
    document: `query ($architecture: String!, $inputSize: Int! = 224) {
      networkCost(architecture: $architecture, inputSize: $inputSize) { params macs flopsTool }
    }`,
    variables: () => ({ architecture: 'dna_a' }),
    check({ params, flopsTool }) {
      assert.deepEqual([params, flopsTool], ['4243318', '348161054']);
    },
    refusals: [
      {
        code: 'SPACE_SYNTAX',
        told: 'what is no network',
        variables: () => ({ architecture: 'a network' }),
      },
      {
        code: 'BAD_INPUT',
        told: 'an image too small',
        variables: () => ({ architecture: 'dna_a', inputSize: 1 }),
      },
    ],
  },
  {
    name: 'Query.scaleNetwork',
    who: 'SIGNED_IN',
    scope: 'READ',
    document: `query ($architecture: String!, $width: Float! = 1) {
      scaleNetwork(architecture: $architecture, width: $width) { architecture params }
    }`,
    variables: () => ({ architecture: 'resnet50', width: 1 }),
    check: ({ params }) => assert.equal(params, '25557032'),
    refusals: [
      {
        code: 'BAD_INPUT',
        told: 'a width of nothing',
        variables: () => ({ architecture: 'resnet50', width: 0 }),
      },
    ],
  },
  {
    name: 'Query.rankReport',
    who: 'SIGNED_IN',
    scope: 'READ',
    document: `query ($csv: String!) {
      rankReport(table: { csv: $csv }) { networks predictors { predictor kendall { value } } }
    }`,
    variables: () => ({
      csv: 'predicted,accuracy,params,macs\n1,0.9,4,1\n2,0.8,3,2\n3,0.7,2,3\n4,0.6,1,4\n',
    }),
    check({ networks, predictors }) {
      assert.equal(networks, 4);
      const values = Object.fromEntries(
        predictors.map((row: { predictor: string; kendall: { value: number } }) => [
          row.predictor,
          row.kendall.value,
        ]),
      );
      // A lower loss promises more, a larger network too: macs order these the wrong way round.
      assert.deepEqual([values.PREDICTED, values.PARAMS, values.MACS], [1, 1, -1]);
    },
    refusals: [
      {
        code: 'BAD_INPUT',
        told: 'a table without its columns',
        variables: () => ({ csv: 'a,b\n1,2' }),
      },
    ],
  },
];
