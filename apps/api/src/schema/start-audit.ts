import { auditSpec } from '@blockwise/contracts';
import { cancelAudit } from '@blockwise/db';
import { startAudit } from '../follow-up/start-audit.ts';
import { subject } from '../rights/subject.ts';
import { builder } from './builder.ts';
import { afterwardsTold, idempotencyKeyTold } from './follow-up-words.ts';
import { AuditObject } from './refs.ts';
import { specInputType } from './spec-fields.ts';
import { NetworkTrainingInput } from './training-input.ts';

const MacsRangeInput = specInputType(
  'MacsRangeInput',
  'A range of multiply-accumulates.',
  auditSpec.shape.macs.unwrap().unwrap(),
  { min: 'Least macs.', max: 'Greatest macs.' },
);

const AuditSpecInput = specInputType(
  'AuditSpecInput',
  'A ranking audit: networks drawn uniformly over macs, trained by one recipe.',
  auditSpec,
  {
    name: 'Name for people.',
    networks: 'How many networks are drawn and trained.',
    seed: 'Seed of the draw and of the trainings.',
    macs: {
      description: 'Draws only networks within these bounds; the whole space if not given.',
      type: MacsRangeInput,
    },
    training: { description: 'How each is trained.', type: NetworkTrainingInput },
  },
);

const StartAuditInput = builder.inputType('StartAuditInput', {
  description: 'What to audit.',
  fields: (t) => ({
    search: t.id({ required: true, description: 'Id of a complete search.' }),
    spec: t.field({
      type: AuditSpecInput,
      defaultValue: {},
      description: 'What is drawn, and how it is trained.',
    }),
    idempotencyKey: t.string({ description: idempotencyKeyTold }),
  }),
});

const CancelAuditInput = builder.inputType('CancelAuditInput', {
  description: 'What to cancel.',
  fields: (t) => ({ audit: t.id({ required: true, description: 'Id of the audit.' }) }),
});

builder.mutationFields((t) => ({
  startAudit: t.field({
    type: AuditObject,
    description:
      'Draws networks of a complete search uniformly over macs, trains them by one recipe and ' +
      `compares their accuracy with the prediction.${afterwardsTold} INFEASIBLE when the space has too ` +
      'few networks within the bounds.',
    args: {
      input: t.arg({ type: StartAuditInput, required: true, description: 'What to audit.' }),
    },
    resolve: async (_root, { input: { search, ...asked } }, context) =>
      startAudit((await subject(context, 'Search', search, ['search'])).id, asked, context),
  }),
  cancelAudit: t.field({
    type: AuditObject,
    description:
      'Cancels an audit and its trainings; what was trained stays. CONFLICT when it has already ' +
      'ended otherwise.',
    args: {
      input: t.arg({ type: CancelAuditInput, required: true, description: 'What to cancel.' }),
    },
    resolve: async (_root, { input }, context) => {
      const { id } = await subject(context, 'RankingAudit', input.audit, ['audit']);
      return cancelAudit(context.database, context.queue, id);
    },
  }),
}));
