import { createClient, ViewerDocument } from '@blockwise/client';
import { expect, test } from 'vitest';
import type { Dashboard } from './dashboard.ts';

/** People come, join and go. */
export function accountPages(dashboard: Dashboard): void {
  test('people sign in, make a team and a token, invite others, and sign out', async () => {
    const owner = await dashboard.open('/account');
    const profile = owner.getByRole('region', { name: 'Profile' });
    await profile.getByLabel('New password').fill('a password to remember');
    await profile.getByRole('button', { name: 'Set password' }).click();
    await profile.getByText('The password is set.').waitFor();

    const teams = owner.getByRole('region', { name: 'Teams' });
    await teams.getByLabel('Name of a new team').fill('vision');
    await teams.getByRole('button', { name: 'Make team' }).click();
    const row = teams.getByRole('row', { name: /vision/ });
    await row.getByRole('button', { name: 'Invite a member' }).click();
    const invitation = await teams.getByRole('status').locator('code').textContent();

    const tokens = owner.getByRole('region', { name: 'Tokens' });
    await tokens.getByLabel('What the token is for').fill('notebook');
    await tokens.getByRole('button', { name: 'Make token' }).click();
    const token = (await tokens.getByRole('status').locator('code').textContent()) ?? '';
    const notebook = createClient({ url: dashboard.platform.graphqlUrl, token });
    const { viewer } = await notebook.request(ViewerDocument, {});
    expect(viewer?.user.name).toBe('Owner');
    await tokens
      .getByRole('row', { name: /notebook/ })
      .getByRole('button', { name: 'Revoke' })
      .click();
    await tokens.getByRole('row', { name: /notebook/ }).waitFor({ state: 'detached' });
    await expect(notebook.request(ViewerDocument, {})).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
    await notebook.close();

    // Somebody else, in a browser of their own.
    const other = await dashboard.browser.newContext();
    const guest = await other.newPage();
    await guest.goto(dashboard.platform.webUrl);
    await guest.getByText('Nobody is signed in').waitFor();
    await guest.goto(invitation ?? '');
    await guest.getByLabel('Name').fill('Ada');
    await guest.getByLabel('E-mail').fill('ada@example.org');
    await guest.getByLabel('Password').fill('another password');
    await guest.getByRole('button', { name: 'Make account and join' }).click();
    await guest
      .getByRole('row', { name: /vision/ })
      .getByText('Member')
      .waitFor();
    await guest.getByRole('button', { name: 'Sign out' }).click();
    await guest.getByLabel('E-mail').fill('ada@example.org');
    await guest.getByLabel('Password').fill('a wrong password');
    await guest.getByRole('button', { name: 'Sign in', exact: true }).click();
    await guest
      .getByRole('alert')
      .filter({ hasText: /password/i })
      .waitFor();
    await guest.getByLabel('Password').fill('another password');
    await guest.getByRole('button', { name: 'Sign in', exact: true }).click();
    await guest.getByRole('link', { name: 'Ada' }).waitFor();
    // What belongs to the owner's first team is not hers to see.
    await guest.getByText('No search yet').waitFor();
    await other.close();
  });
}
