import { serverInfo } from '../server-info.ts';
import { builder } from './builder.ts';

const SignUpEnum = builder.enumType('SignUp', {
  description: 'Who may make an account.',
  values: {
    INVITED: { description: 'Whoever has an invitation to a team.' },
    OPEN: { description: 'Everybody who reaches the server.' },
  } as const,
});

const ServerInfoObject = builder.objectRef<typeof serverInfo>('ServerInfo').implement({
  description: 'What this server is and can do.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Always `Blockwise`.' }),
    version: t.exposeString('version', { description: 'Semantic version of the server.' }),
    openId: t.string({
      nullable: true,
      description: 'Name of the OpenID Connect provider to sign in with; null where there is none.',
      resolve: (_info, _args, { signIn }) => signIn.openId?.name,
    }),
    signUp: t.field({
      type: SignUpEnum,
      description: 'Who may make an account.',
      resolve: (_info, _args, { signIn }) => signIn.signUp,
    }),
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
