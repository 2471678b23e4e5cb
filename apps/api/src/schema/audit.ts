import { auditReport, type RandomSearch, randomSearch } from '../ranking/audit-report.ts';
import { builder } from './builder.ts';
import { JobStateEnum } from './enums.ts';
import { rowId } from './global-id.ts';
import { RankOptionsInput, RankReportObject, rankDefaults } from './rank-report.ts';
import { AuditObject, FailureObject, NetworkObject, SearchObject } from './refs.ts';

const RandomSearchObject = builder.objectRef<RandomSearch>('RandomSearch').implement({
  description: 'Random search at equal cost, from the networks of an audit.',
  fields: (t) => ({
    searchSeconds: t.exposeFloat('searchSeconds', {
      description:
        'What the search cost up to its ratings and solutions: seconds of trainer slots, teacher included.',
    }),
    secondsPerNetwork: t.exposeFloat('secondsPerNetwork', {
      description: 'What training one network of the audit cost in the mean.',
    }),
    equalCostNetworks: t.exposeInt('equalCostNetworks', {
      description: 'Networks that could have been trained for the cost of the search; 1 at least.',
    }),
    expectedBest: t.exposeFloat('expectedBest', {
      description:
        'Accuracy to expect of the best of so many networks drawn at random (of all tested ones, when ' +
        'they are fewer).',
    }),
    expectedBestOf: t.floatList({
      description: 'The same for 1, 2, … networks.',
      resolve: ({ expectedBestOf }) => [...expectedBestOf],
    }),
    solvedTop1: t.exposeFloat('solvedTop1', {
      nullable: true,
      description: 'Accuracy of the network that the search predicted best.',
    }),
    sameTraining: t.exposeBoolean('sameTraining', {
      description:
        "True when the search's networks were trained as the audit's: only then `solvedTop1` compares.",
    }),
  }),
});

builder.node(AuditObject, {
  description:
    'A ranking audit: networks drawn from the space and trained, to see how far the predicted order ' +
    'can be trusted.',
  id: { resolve: (audit) => audit.id },
  loadWithoutCache: (id, { loaders }) => loaders.audit.load(id),
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Name given by whoever asked for it.' }),
    state: t.expose('state', {
      type: JobStateEnum,
      description:
        'COMPLETE when all its trainings have ended and at least four networks are tested.',
    }),
    failure: t.field({
      type: FailureObject,
      nullable: true,
      description: 'Why it failed.',
      resolve: (audit) => audit.failure,
    }),
    spec: t.field({
      type: 'JSON',
      description: 'What was drawn, and how it is trained, with all defaults filled in.',
      resolve: (audit) => audit.spec,
    }),
    report: t.field({
      type: RankReportObject,
      nullable: true,
      description: 'How well the ratings ordered its networks; null until four are tested.',
      args: {
        options: t.arg({
          type: RankOptionsInput,
          required: true,
          defaultValue: rankDefaults,
          description: 'How the report is made.',
        }),
      },
      resolve: (audit, { options }, context) => auditReport(audit, options, context),
    }),
    randomSearch: t.field({
      type: RandomSearchObject,
      nullable: true,
      description:
        'What drawing networks at random would have given at the cost of the search; null until ' +
        'networks are tested.',
      resolve: (audit, _args, { database, loaders }) => randomSearch(audit, database, loaders),
    }),
    networks: t.field({
      type: [NetworkObject],
      description: 'The drawn networks, the fewest macs first.',
      resolve: (audit, _args, { loaders }) => loaders.networksOfAudit.load(audit.id),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was asked for.' }),
    finishedAt: t.expose('finishedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it reached a final state.',
    }),
    search: t.field({
      type: SearchObject,
      description: 'The search whose ranking is audited.',
      resolve: (audit, _args, { loaders }) => loaders.requireSearch(audit.searchId),
    }),
  }),
});

builder.queryField('audit', (t) =>
  t.field({
    type: AuditObject,
    nullable: true,
    description: 'A ranking audit by its id, or null when there is none.',
    args: { id: t.arg.id({ required: true, description: 'Id of the audit.' }) },
    resolve: (_root, args, { loaders }) =>
      loaders.audit.load(rowId(args.id, 'RankingAudit', ['id'])),
  }),
);
