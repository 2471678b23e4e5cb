import { cancelJob, requestCut } from '@blockwise/db';
import { measureLatency } from '../follow-up/measure-latency.ts';
import { subject } from '../rights/subject.ts';
import { builder } from './builder.ts';
import { LatencyInput } from './constraints.ts';
import { afterwardsTold, idempotencyKeyTold } from './follow-up-words.ts';
import { JobObject, LatencyTableObject } from './refs.ts';

const MeasureLatencyInput = builder.inputType('MeasureLatencyInput', {
  description: 'What to measure.',
  fields: (t) => ({
    search: t.id({ required: true, description: 'Id of a complete search.' }),
    latency: t.field({ type: LatencyInput, defaultValue: {}, description: 'How.' }),
    idempotencyKey: t.string({ description: idempotencyKeyTold }),
  }),
});

const CutWeightsInput = builder.inputType('CutWeightsInput', {
  description: 'What to cut.',
  fields: (t) => ({ network: t.id({ required: true, description: 'Id of the network.' }) }),
});

const CancelJobInput = builder.inputType('CancelJobInput', {
  description: 'What to cancel.',
  fields: (t) => ({ job: t.id({ required: true, description: 'Id of the job.' }) }),
});

builder.mutationFields((t) => ({
  measureLatency: t.field({
    type: LatencyTableObject,
    description: `Measures the latencies of a complete search's space once more.${afterwardsTold}`,
    args: {
      input: t.arg({ type: MeasureLatencyInput, required: true, description: 'What to measure.' }),
    },
    resolve: async (_root, { input: { search, ...asked } }, context) =>
      measureLatency((await subject(context, 'Search', search, ['search'])).id, asked, context),
  }),
  cutWeights: t.field({
    type: JobObject,
    description:
      "Cuts a network's weights out of the supernets and tests them; answers the job, the earlier " +
      `one when there is one already.${afterwardsTold}`,
    args: {
      input: t.arg({ type: CutWeightsInput, required: true, description: 'What to cut.' }),
    },
    resolve: async (_root, { input }, context) => {
      const { id } = await subject(context, 'Network', input.network, ['network']);
      return requestCut(context.database, context.queue, { networkId: id });
    },
  }),
  cancelJob: t.field({
    type: JobObject,
    description:
      'Cancels one job that is done for a complete search: a training, a latency table, a cut, an ' +
      'export. ' +
      'CONFLICT for jobs of a search under way, which are cancelled with it.',
    args: {
      input: t.arg({ type: CancelJobInput, required: true, description: 'What to cancel.' }),
    },
    resolve: async (_root, { input }, context) => {
      const { id } = await subject(context, 'Job', input.job, ['job']);
      return cancelJob(context.database, context.queue, id);
    },
  }),
}));
