import { builder } from './builder.ts';
import { JobStateEnum } from './enums.ts';
import { rowId } from './global-id.ts';
import { AuditObject, FailureObject, NetworkObject, SearchObject } from './refs.ts';

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
    resolve: (_root, args, { loaders }) => loaders.audit.load(rowId(args.id, 'Audit', ['id'])),
  }),
);
