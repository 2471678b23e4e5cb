import { type OpFrequency, opFrequencies, opsOf, printOp } from '@blockwise/dna';
import {
  type ComparedPair,
  type ComparedSearch,
  compareSearches,
  haveSameSpace,
  kendallOf,
  layersOfBest,
  type SearchComparison,
  secondsToTarget,
  sharedOfFronts,
  testedTop1,
  volumesOfFronts,
} from '../compare-searches.ts';
import { maxComparedSearches } from '../limits.ts';
import { refuse } from '../refuse.ts';
import { subject } from '../rights/subject.ts';
import { builder } from './builder.ts';
import { ConstraintsInput } from './constraints.ts';
import { LayerPairObject } from './layer-pair.ts';
import { SearchObject, SolutionObject } from './refs.ts';
import { AxisEnum } from './spec-enums.ts';

interface ShownFrequency extends OpFrequency {
  readonly ops: readonly string[];
}

const OpFrequencyObject = builder.objectRef<ShownFrequency>('OpFrequency').implement({
  description: 'How often the best networks of a search have each operation at one place.',
  fields: (t) => ({
    block: t.int({
      description: 'Number of the block, from 1.',
      resolve: (place) => place.block + 1,
    }),
    cell: t.int({
      description: 'Number of the cell in the block, from 1.',
      resolve: (place) => place.cell + 1,
    }),
    layer: t.int({
      description: 'Number of the layer in the cell, from 1.',
      resolve: (place) => place.layer + 1,
    }),
    ops: t.stringList({
      description: 'The operations of the block in the grammar.',
      resolve: ({ ops }) => [...ops],
    }),
    shares: t.floatList({
      description:
        'Of each operation, 0..1: of all the best networks, those with another cell in this block ' +
        'included.',
      resolve: ({ shares }) => [...shares],
    }),
  }),
});

interface Targeted extends ComparedSearch {
  readonly targetTop1: number | null;
}

const ComparedSearchObject = builder.objectRef<Targeted>('ComparedSearch').implement({
  description: 'One of the searches that are compared.',
  fields: (t) => ({
    search: t.expose('search', { type: SearchObject, description: 'The search.' }),
    networks: t.int({
      description: 'Best networks that are counted: fewer than asked where there are no more.',
      resolve: ({ best }) => best.length,
    }),
    ops: t.field({
      type: [OpFrequencyObject],
      description: 'Their operations, for every layer of every cell of the space.',
      resolve: ({ searching: { space }, best }) =>
        opFrequencies(
          space,
          best.map(({ choices }) => choices),
        ).map((place) => ({ ...place, ops: opsOf(space, place.block).map(printOp) })),
    }),
    best: t.field({
      type: SolutionObject,
      description: 'The network of least predicted loss.',
      resolve: ({ best: [first] }) => first,
    }),
    bestTop1: t.float({
      nullable: true,
      description: 'Its accuracy on the test part; null until it is trained and tested.',
      resolve: (search, _args, context) => testedTop1(search, context),
    }),
    frontCount: t.int({
      description: 'Networks that no other beats on the axis and predicted loss.',
      resolve: ({ front }) => front.length,
    }),
    secondsToTarget: t.float({
      nullable: true,
      description:
        'Seconds of slots of trainers until a network of the search was at least `targetTop1` ' +
        'accurate; null when none is, and without a target. Audits, verifications and exports do ' +
        'not count.',
      resolve: (search, _args, context) =>
        search.targetTop1 === null ? null : secondsToTarget(search, search.targetTop1, context),
    }),
    kendall: t.float({
      nullable: true,
      description:
        "Kendall's τ-b of prediction and accuracy, by its newest complete ranking audit; null " +
        'without one.',
      resolve: (search, _args, context) => kendallOf(search, context),
    }),
  }),
});

const SearchPairObject = builder.objectRef<ComparedPair>('SearchPair').implement({
  description: 'Two of the searches that are compared.',
  fields: (t) => ({
    a: t.field({
      type: SearchObject,
      description: 'The first.',
      resolve: ({ a }) => a.search,
    }),
    b: t.field({
      type: SearchObject,
      description: 'The second.',
      resolve: ({ b }) => b.search,
    }),
    frontOverlap: t.float({
      nullable: true,
      description:
        'Networks that are on the exact fronts of both, as a share of those on either (Jaccard), ' +
        '0..1; null where `frontOverlapMissing` says why.',
      resolve: sharedOfFronts,
    }),
    frontOverlapMissing: t.string({
      nullable: true,
      description: 'Why there is no overlap; null where there is one.',
      resolve: (pair) => (haveSameSpace(pair) ? null : 'The searches have different spaces.'),
    }),
    hypervolumeA: t.float({
      description:
        "Share of the box around both fronts that the first's beats, 0..1, on the axis and predicted " +
        'loss; greater is better. It tells something only where the losses are on one scale: the same ' +
        'teacher, images and measure.',
      resolve: (pair) => volumesOfFronts(pair)[0],
    }),
    hypervolumeB: t.float({
      description: "The second's share of the same box.",
      resolve: (pair) => volumesOfFronts(pair)[1],
    }),
    layers: t.field({
      type: [LayerPairObject],
      description: 'Every layer of the best networks of both, block by block, the stem first.',
      resolve: layersOfBest,
    }),
    layersDiffering: t.int({
      description: 'In how many layers they differ.',
      resolve: (pair) => layersOfBest(pair).filter(({ change }) => change !== 'kept').length,
    }),
  }),
});

interface Shown extends SearchComparison {
  readonly targetTop1: number | null;
}

const SearchComparisonObject = builder.objectRef<Shown>('SearchComparison').implement({
  description: 'Searches side by side.',
  fields: (t) => ({
    searches: t.field({
      type: [ComparedSearchObject],
      description: 'Each of them, in the order of the argument.',
      resolve: ({ searches, targetTop1 }) => searches.map((each) => ({ ...each, targetTop1 })),
    }),
    pairs: t.field({
      type: [SearchPairObject],
      description: 'Every two of them.',
      resolve: ({ pairs }) => [...pairs],
    }),
  }),
});

builder.queryField('compare', (t) =>
  t.field({
    type: SearchComparisonObject,
    description:
      'Rated searches side by side: operations, best networks, exact fronts, what they took. ' +
      'NOT_FOUND, NOT_READY or INFEASIBLE with the path of the search that it concerns.',
    args: {
      searches: t.arg.idList({
        required: true,
        description: `Ids of 2 to ${maxComparedSearches} searches.`,
      }),
      targetTop1: t.arg.float({ description: 'Accuracy that is waited for, 0..1.' }),
      networks: t.arg.int({
        required: true,
        defaultValue: 20,
        description: 'Best networks whose operations are counted, 1 to 100.',
      }),
      constraints: t.arg({
        type: ConstraintsInput,
        description: 'Budgets of the best networks; none if not given. The fronts are whole.',
      }),
      axis: t.arg({
        type: AxisEnum,
        required: true,
        defaultValue: 'macs',
        description: 'Axis of the fronts besides the predicted loss.',
      }),
    },
    resolve: async (_root, { searches, targetTop1 = null, ...asked }, context) => {
      if (targetTop1 !== null && !(targetTop1 >= 0 && targetTop1 <= 1)) {
        refuse('BAD_INPUT', 'targetTop1 must be from 0 to 1.', ['targetTop1']);
      }
      const rows = await Promise.all(
        searches
          .slice(0, maxComparedSearches + 1)
          .map((id, i) => subject(context, 'Search', id, ['searches', i])),
      );
      return { ...(await compareSearches(rows, asked, context)), targetTop1 };
    },
  }),
);
