import { CreateSignInLinkDocument } from '../../generated/graphql.ts';
import { defineCommand } from '../command.ts';
import { flag } from '../flag.ts';

export const signIn = defineCommand({
  name: 'sign-in',
  operands: [],
  told: 'makes a link that signs a browser in once, within 15 minutes',
  flags: {
    email: flag.text('ADDRESS', 'of another account; for operators'),
  },
  async run({ client, print }, { email }) {
    const input = { email: email ?? null };
    const { createSignInLink } = await client.request(CreateSignInLinkDocument, { input });
    print(createSignInLink.url);
    return 0;
  },
});
