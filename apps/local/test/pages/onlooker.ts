import { InviteMemberDocument, RemoveMemberDocument, TeamDocument } from '@blockwise/client';
import type { Page } from 'playwright-core';
import type { Dashboard } from './dashboard.ts';

/** What somebody does in a page whose role in a team is to look; afterwards they are no member any more. */
export async function asOnlooker(
  { browser, client }: Dashboard,
  team: string,
  name: string,
  look: (page: Page) => Promise<void>,
): Promise<void> {
  const { inviteMember } = await client.request(InviteMemberDocument, {
    input: { team, role: 'VIEWER' },
  });
  const context = await browser.newContext({ locale: 'en-US' });
  const page = await context.newPage();
  await page.goto(inviteMember.url);
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('E-mail').fill(`${name.toLowerCase()}@example.org`);
  await page.getByLabel('Password').fill('a password to look');
  await page.getByRole('button', { name: 'Make account and join' }).click();
  await page.getByRole('link', { name }).waitFor();
  await look(page);
  const { team: now } = await client.request(TeamDocument, { id: team });
  const member = now?.members.find(({ user }) => user.name === name);
  await client.request(RemoveMemberDocument, { input: { team, user: member?.user.id ?? '' } });
  await context.close();
}
