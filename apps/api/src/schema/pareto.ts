import type { Solution } from '@blockwise/dna';
import { printEncoding } from '@blockwise/dna';
import { searchFront } from '../pareto.ts';
import { subject } from '../rights/subject.ts';
import { builder } from './builder.ts';
import { latencyTableId, ratedSearchArgs } from './rated-search-args.ts';
import { AxisEnum } from './spec-enums.ts';

const ParetoFrontObject = builder.objectRef<readonly Solution[]>('ParetoFront').implement({
  description: 'Networks that no other beats on two axes, as columns of equal length.',
  fields: (t) => ({
    count: t.int({ description: 'Networks.', resolve: (front) => front.length }),
    losses: t.floatList({
      description: 'Predicted losses.',
      resolve: (front) => front.map(({ loss }) => loss),
    }),
    params: t.field({
      type: ['BigInt'],
      description: 'Learnable scalars.',
      resolve: (front) => front.map(({ cost }) => cost.params),
    }),
    macs: t.field({
      type: ['BigInt'],
      description: 'Multiply-accumulates per image.',
      resolve: (front) => front.map(({ cost }) => cost.macs),
    }),
    flopsTool: t.field({
      type: ['BigInt'],
      description: "Costs in the convention of the DNA paper's tables.",
      resolve: (front) => front.map(({ cost }) => cost.flopsTool),
    }),
    activationBytes: t.field({
      type: ['BigInt'],
      description: 'Bytes of all feature maps of one image.',
      resolve: (front) => front.map(({ cost }) => cost.activationBytes),
    }),
    latencyMs: t.floatList({
      nullable: true,
      description: 'Milliseconds for one image; null where no latency table is measured.',
      resolve: (front) => {
        const measured = front.map(({ latencyMs }) => latencyMs).filter((ms) => ms !== undefined);
        return measured.length === front.length ? measured : null;
      },
    }),
    encodings: t.stringList({
      description: 'The choices as texts, as `retrainNetworks` takes them.',
      resolve: (front) => front.map(({ choices }) => printEncoding(choices)),
    }),
    architectures: t.stringList({
      description: 'The networks in the grammar.',
      resolve: (front) => front.map(({ arch }) => arch),
    }),
  }),
});

builder.queryField('paretoFront', (t) =>
  t.field({
    type: ParetoFrontObject,
    description:
      'The whole exact front of two axes over all networks of a rated search, by ascending `x`: no ' +
      'network has less of both. NOT_READY until all cells are rated, and for latency until a table ' +
      'is measured.',
    args: {
      ...ratedSearchArgs(t),
      x: t.arg({
        type: AxisEnum,
        required: true,
        defaultValue: 'macs',
        description: 'What is sorted by.',
      }),
      y: t.arg({
        type: AxisEnum,
        required: true,
        defaultValue: 'loss',
        description: 'The other axis.',
      }),
    },
    resolve: async (_root, { search, latencyTable, ...asked }, context) =>
      searchFront(
        (await subject(context, 'Search', search, ['search'])).id,
        { ...asked, latencyTableId: latencyTableId(latencyTable) },
        context,
      ),
  }),
);
