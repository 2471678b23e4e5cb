import { isFinalSearchState } from '@blockwise/contracts';
import { maxPageSize } from '../limits.ts';
import { printedOps } from '../space-cache.ts';
import { builder } from './builder.ts';
import { JobStateEnum } from './enums.ts';
import { pageSize } from './paging.ts';
import { CandidateObject, CellObject, FeatureMapsObject, JobObject } from './refs.ts';

builder.node(CellObject, {
  description:
    'One candidate depth and width of a block. Its supernet shares weights between all its paths.',
  id: { resolve: (cell) => cell.id },
  loadWithoutCache: (id, { loaders }) => loaders.cell.load(id),
  fields: (t) => ({
    block: t.int({
      description: 'Number of its block, from 1 as in the paper.',
      resolve: (cell) => cell.block + 1,
    }),
    index: t.int({
      description: 'Number of the cell in its block, from 1.',
      resolve: (cell) => cell.index + 1,
    }),
    layers: t.exposeInt('layers', { description: 'Layers; each may be any of `ops`.' }),
    channels: t.exposeInt('channels', { description: 'Width of its layers in the final network.' }),
    stride: t.exposeInt('stride', { description: 'Stride of its first layer, 1 or 2.' }),
    ops: t.stringList({
      description: 'Candidate operations in the grammar; a path names them by index.',
      resolve: async (cell, _args, { loaders }) =>
        printedOps((await loaders.requireSearch(cell.searchId)).spec.space, cell.block),
    }),
    candidateCount: t.exposeInt('candidateCount', { description: 'Paths through the cell.' }),
    state: t.field({
      type: JobStateEnum,
      description:
        'QUEUED until distillation starts, RUNNING until all paths are rated, then COMPLETE; ' +
        'FAILED or CANCELLED as the job that ended so. CANCELLED too when the search failed or ' +
        'was cancelled before the cell had a job.',
      resolve: async (cell, _args, { loaders }) => {
        const { distil, rate } = await loaders.jobsOfCell(cell);
        if (rate !== undefined) {
          return rate.state === 'QUEUED' ? 'RUNNING' : rate.state;
        }
        if (distil === undefined) {
          const { state } = await loaders.requireSearch(cell.searchId);
          return isFinalSearchState(state) ? 'CANCELLED' : 'QUEUED';
        }
        return distil.state === 'COMPLETE' ? 'RUNNING' : distil.state;
      },
    }),
    distilJob: t.field({
      type: JobObject,
      nullable: true,
      description: 'The job that trains its supernet; null until the teacher is ready.',
      resolve: async (cell, _args, { loaders }) => (await loaders.jobsOfCell(cell)).distil,
    }),
    rateJob: t.field({
      type: JobObject,
      nullable: true,
      description: 'The job that rates its paths; null until its supernet is trained.',
      resolve: async (cell, _args, { loaders }) => (await loaders.jobsOfCell(cell)).rate,
    }),
    best: t.field({
      type: CandidateObject,
      nullable: true,
      description: 'The best rated path; null until the cell is rated.',
      resolve: (cell, _args, { loaders }) => loaders.bestOfCell.load(cell.id),
    }),
    featureMaps: t.field({
      type: [FeatureMapsObject],
      description: 'Feature maps of its paths, those that were asked for last first.',
      args: {
        first: t.arg.int({
          required: true,
          defaultValue: 20,
          description: `Rows at most, up to ${maxPageSize}.`,
        }),
      },
      resolve: async ({ id }, { first }, { loaders }) => {
        const most = pageSize(first, 20);
        return (await loaders.featureMapsOfCell.load(id)).slice(0, most);
      },
    }),
    trainLoss: t.exposeFloat('finalLoss', {
      nullable: true,
      description: 'Distillation loss (mean squared error) at the end of training.',
    }),
  }),
});
