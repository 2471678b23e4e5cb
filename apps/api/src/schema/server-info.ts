import { serverInfo } from '../server-info.ts';
import { builder } from './builder.ts';

const ServerInfoObject = builder.objectRef<typeof serverInfo>('ServerInfo').implement({
  description: 'What this server is and can do.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Always `Blockwise`.' }),
    version: t.exposeString('version', { description: 'Semantic version of the server.' }),
    features: t.exposeStringList('features', {
      description: 'Names of what this server can do; a client asks here before it relies on one.',
    }),
  }),
});

builder.queryField('serverInfo', (t) =>
  t.field({
    type: ServerInfoObject,
    description: 'Name, version and features of this server.',
    resolve: () => serverInfo,
  }),
);
