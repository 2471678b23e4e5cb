import { countCandidates, listCandidates } from '@blockwise/db';
import { subject } from '../rights/subject.ts';
import { selects } from '../selects.ts';
import { printedLayers, printedOps } from '../space-cache.ts';
import { builder } from './builder.ts';
import { CandidateFilterInput, candidateFilter } from './candidate-filter.ts';
import { CandidateOrderFieldEnum, OrderDirectionEnum } from './enums.ts';
import { joinedId } from './global-id.ts';
import { connection, connectionOf, pageArgs, pageSize } from './paging.ts';
import { CandidateObject, CellObject } from './refs.ts';

builder.node(CandidateObject, {
  description: 'One path through a cell: an operation for every layer, with its rating and costs.',
  id: { resolve: ({ cellId, index }) => joinedId(cellId, index) },
  loadWithoutCache: (id, { loaders }) => loaders.candidate.load(id),
  fields: (t) => ({
    cell: t.field({
      type: CellObject,
      description: 'The cell that it is a path through.',
      resolve: ({ cellId }, _args, { loaders }) => loaders.requireCell(cellId),
    }),
    path: t.exposeString('path', {
      description: "One base-36 digit per layer, the index of its operation in the cell's `ops`.",
    }),
    layers: t.stringList({
      description: 'The layers in the grammar, first layer first, with stride and width.',
      resolve: async (candidate, _args, { loaders }) => {
        const cell = await loaders.requireCell(candidate.cellId);
        const search = await loaders.requireSearch(cell.searchId);
        return printedLayers(search.spec.space, cell, candidate.path);
      },
    }),
    loss: t.exposeFloat('loss', {
      description: "Rating by the specification's measure on the rating set; less is better.",
    }),
    error: t.exposeFloat('error', {
      nullable: true,
      description:
        "Half width of the loss's 95% confidence interval over the rating's batches; null for a " +
        'single batch.',
    }),
    kl: t.exposeFloat('kl', {
      nullable: true,
      description:
        'KL(teacher ‖ teacher with this path in place of the block) on the rating set; null unless ' +
        'the measure puts paths into the teacher.',
    }),
    top1: t.exposeFloat('top1', {
      nullable: true,
      description:
        'Accuracy of the teacher with this path in place of the block, on the rating set, 0 to 1; ' +
        'null as `kl`.',
    }),
    params: t.expose('params', {
      type: 'BigInt',
      description:
        'Learnable scalars of these layers in a network whose block before is its first cell: ' +
        'the width that enters decides about the first layer.',
    }),
    macs: t.expose('macs', {
      type: 'BigInt',
      description: 'Multiply-accumulates of these layers per image, in the same network.',
    }),
    flopsTool: t.expose('flopsTool', {
      type: 'BigInt',
      description: "The same in the convention of the DNA paper's tables.",
    }),
    activationBytes: t.expose('activationBytes', {
      type: 'BigInt',
      nullable: true,
      description: 'Bytes of the feature maps of these layers for one image.',
    }),
    rank: t.exposeInt('rank', { description: 'Place in its cell by `loss`; 1 is the best.' }),
  }),
});

const CandidateOrder = builder.inputType('CandidateOrder', {
  description: 'How candidates are sorted.',
  fields: (t) => ({
    field: t.field({
      type: CandidateOrderFieldEnum,
      required: true,
      description: 'What to sort by.',
    }),
    direction: t.field({
      type: OrderDirectionEnum,
      required: true,
      defaultValue: 'ASC',
      description: 'Least or greatest first.',
    }),
  }),
});

const bestFirst = { field: 'LOSS', direction: 'ASC' } as const;

const CandidateConnection = connectionOf('Candidate', CandidateObject);

builder.queryField('candidates', (t) =>
  t.field({
    type: CandidateConnection,
    description:
      'Paths of a cell with ratings and costs, in any order, by any filter; empty until the cell is rated.',
    args: {
      cell: t.arg.id({ required: true, description: 'Id of the cell.' }),
      orderBy: t.arg({
        type: CandidateOrder,
        defaultValue: bestFirst,
        description: 'Sorting; the best rating first if not given.',
      }),
      filter: t.arg({ type: CandidateFilterInput, description: 'Only these; all if not given.' }),
      ...pageArgs(t, 50),
    },
    resolve: async (
      _root,
      { cell: cellId, orderBy, filter: asked, first, after },
      context,
      info,
    ) => {
      const cell = await subject(context, 'Cell', cellId, ['cell']);
      const { field, direction } = orderBy ?? bestFirst;
      const { spec } = await context.loaders.requireSearch(cell.searchId);
      const ops = printedOps(spec.space, cell.block);
      const which = {
        orderBy: field === 'PATH' ? ('INDEX' as const) : field,
        filter: candidateFilter(asked, { layers: cell.layers, ops }),
      };
      const count = () => countCandidates(context.database, cell.id, which);
      const request = { ...which, direction, first: pageSize(first, 50), after };
      // Each looks through a cell's tens of thousands of paths: not one after the other.
      const [page, total] = await Promise.all([
        listCandidates(context.database, cell.id, request),
        selects(info, ['totalCount']) ? count() : undefined,
      ]);
      return connection(page, async () => total ?? count());
    },
  }),
);
