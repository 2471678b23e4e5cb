import { DomainError } from '@blockwise/contracts';
import { renameUser, userOfEmail } from '@blockwise/db';
import { checkedName } from '../checked-name.ts';
import { forbidden, unauthenticated } from '../rights/refusals.ts';
import { builder } from './builder.ts';
import { UserObject } from './refs.ts';

const SignInLinkObject = builder
  .objectRef<{ url: string; expiresAt: Date }>('SignInLink')
  .implement({
    description: 'A link that signs a browser in, once.',
    fields: (t) => ({
      url: t.exposeString('url', { description: 'Open it in a browser.' }),
      expiresAt: t.expose('expiresAt', {
        type: 'DateTime',
        description: 'It is good for one use until then.',
      }),
    }),
  });

const UpdateViewerInput = builder.inputType('UpdateViewerInput', {
  description: 'What to change of your account.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'Your name, 1 to 100 characters.' }),
  }),
});

const SetPasswordInput = builder.inputType('SetPasswordInput', {
  description: 'The new password.',
  fields: (t) => ({
    current: t.string({ description: 'The password so far; not needed when you had none.' }),
    password: t.string({ required: true, description: '10 to 200 characters.' }),
  }),
});

const CreateSignInLinkInput = builder.inputType('CreateSignInLinkInput', {
  description: 'For whom.',
  fields: (t) => ({
    email: t.string({
      description:
        'Of another account: for operators, who so help with a lost password. Yours if not given.',
    }),
  }),
});

builder.mutationFields((t) => ({
  updateViewer: t.field({
    type: UserObject,
    description: 'Changes your account.',
    args: {
      input: t.arg({ type: UpdateViewerInput, required: true, description: 'What to change.' }),
    },
    resolve: (_root, { input }, { database, viewer }) =>
      renameUser(database, viewer.principal?.userId ?? '', checkedName(input.name, ['name'])),
  }),
  setPassword: t.field({
    type: UserObject,
    description:
      'Sets your password; only in a signed-in browser. Other browsers of yours are signed out. ' +
      'BAD_INPUT when the current one is wrong or the new one too short.',
    args: {
      input: t.arg({ type: SetPasswordInput, required: true, description: 'The new password.' }),
    },
    resolve: async (_root, { input: { current, password } }, context) => {
      const { viewer, signIn, headers, loaders } = context;
      if (viewer.principal === null) throw unauthenticated(viewer);
      if (viewer.principal.tokenId !== null) throw forbidden('A token cannot change a password.');
      await signIn.setPassword({ headers, current: current ?? undefined, password });
      return loaders.requireUser(viewer.principal.userId);
    },
  }),
  createSignInLink: t.field({
    type: SignInLinkObject,
    description:
      'Makes a link that signs a browser in once, within a quarter of an hour. For another account ' +
      'than your own it takes an operator.',
    args: {
      input: t.arg({
        type: CreateSignInLinkInput,
        required: true,
        defaultValue: {},
        description: 'For whom.',
      }),
    },
    resolve: async (_root, { input }, { viewer, database, loaders, signIn }) => {
      const { principal } = viewer;
      if (principal === null) throw unauthenticated(viewer);
      // A browser's session may do more than a token of one team or fewer scopes.
      if (principal.onlyTeamId !== null || !(['READ', 'WRITE'] as const).every(viewer.hasScope)) {
        throw forbidden('This takes a token of all your teams with READ, WRITE and ADMIN.');
      }
      const own = await loaders.requireUser(principal.userId);
      if (input.email && input.email.toLowerCase() !== own.email) {
        if (!principal.isOperator) throw forbidden('Links for others are made by operators.');
        const other = await userOfEmail(database, input.email);
        if (other === null) {
          throw new DomainError('NOT_FOUND', 'There is no account of that address.', {
            path: ['email'],
          });
        }
        return signIn.linkFor(other.email);
      }
      return signIn.linkFor(own.email);
    },
  }),
}));
