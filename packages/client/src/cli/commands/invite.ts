import { InviteMemberDocument } from '../../generated/graphql.ts';
import { defineCommand } from '../command.ts';
import { flag } from '../flag.ts';

export const invite = defineCommand({
  name: 'invite',
  operands: ['TEAM'],
  told: 'makes an invitation to a team; prints the link to give to the person',
  flags: {
    role: flag.choice(['VIEWER', 'MEMBER', 'MAINTAINER', 'OWNER'], 'MEMBER if not given'),
    email: flag.text('ADDRESS', 'only an account of this address may accept'),
    days: flag.whole('N', 'for how long it is good, 7 if not given'),
  },
  async run({ client, print }, { role = 'MEMBER', email, days = 7 }, team = '') {
    const input = { team, role, email: email ?? null, days };
    const { inviteMember } = await client.request(InviteMemberDocument, { input });
    print(inviteMember.url);
    return 0;
  },
});
