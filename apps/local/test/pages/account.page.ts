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
    await owner.getByText('The password is set.').waitFor();

    const tokens = owner.getByRole('region', { name: 'My tokens' });
    await tokens.getByLabel('What it is for').fill('notebook');
    await tokens.getByRole('button', { name: 'Make token' }).click();
    const token = (await tokens.getByRole('status').locator('code').textContent()) ?? '';
    const notebook = createClient({ url: dashboard.platform.graphqlUrl, token });
    const { viewer } = await notebook.request(ViewerDocument, {});
    expect(viewer?.user.name).toBe('Owner');
    await tokens
      .getByRole('row', { name: /notebook/ })
      .getByRole('button', { name: 'Revoke notebook' })
      .click();
    // It asks once, and the careful answer has the focus: Enter changes nothing.
    await owner.keyboard.press('Enter');
    await notebook.request(ViewerDocument, {});
    await tokens.getByRole('button', { name: 'Revoke notebook' }).click();
    await owner.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click();
    await tokens.getByRole('row', { name: /notebook/ }).waitFor({ state: 'detached' });
    await expect(notebook.request(ViewerDocument, {})).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
    await notebook.close();

    await owner.getByRole('link', { name: 'Teams' }).click();
    const making = owner.getByRole('region', { name: 'Make a team' });
    await making.getByLabel('Name').fill('vision');
    await making.getByRole('button', { name: 'Make team' }).click();
    await owner.getByRole('heading', { name: 'vision' }).waitFor();
    const team = new URL(owner.url()).pathname;
    await owner.getByRole('link', { name: 'Invitations' }).click();
    await owner.getByRole('button', { name: 'Make link' }).click();
    const invitation = await owner.getByRole('status').locator('code').textContent();
    await owner.getByRole('row', { name: /Member/ }).waitFor();

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
    await guest.getByRole('heading', { name: 'vision' }).waitFor();
    // What her role may not do is not offered; she reads whom to ask.
    expect(await guest.getByRole('combobox').count()).toBe(0);
    await guest.goto(`${dashboard.platform.webUrl}${team}/webhooks`);
    await guest.getByText('Maintainers and owners of the team do this: Owner.').waitFor();
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

    await owner.goto(`${dashboard.platform.webUrl}${team}`);
    await owner.getByLabel('Role of Ada').selectOption('MAINTAINER');
    await owner.getByText('Ada is Maintainer now.').waitFor();
    await owner.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => owner.getByLabel('Role of Ada').inputValue()).toBe('MEMBER');
    await owner.goto(`${dashboard.platform.webUrl}${team}/log?action=changeRole`);
    await expect.poll(() => owner.getByRole('row').count()).toBe(3);
    await owner.getByRole('link', { name: 'Settings' }).click();
    await owner.getByRole('button', { name: 'Delete team' }).click();
    const asking = owner.getByRole('alertdialog');
    const remove = asking.getByRole('button', { name: 'Delete team' });
    expect(await remove.isDisabled()).toBe(true);
    await asking.getByRole('textbox').fill('vision');
    await remove.click();
    await owner.waitForURL(/\/teams$/);
    await owner.getByRole('link', { name: 'local' }).waitFor();
    expect(await owner.getByRole('link', { name: 'vision' }).count()).toBe(0);
  });

  test('a webhook is made, pinged and deleted, and its log says what came of it', async () => {
    const page = await dashboard.open('/teams');
    await page.getByRole('link', { name: 'local' }).click();
    await page.getByRole('link', { name: 'Webhooks' }).click();
    // Nothing is sent to this machine: the log says that it was refused.
    await page.getByLabel('Address').fill('https://127.0.0.1/hook');
    await page.getByRole('button', { name: 'Make webhook' }).click();
    await page.getByText('whsec_').waitFor();
    await page.getByRole('link', { name: 'https://127.0.0.1/hook' }).click();
    await page.getByRole('button', { name: 'Ping' }).click();
    const delivery = page.getByRole('row', { name: /Ping/ });
    await delivery.getByText(/public/).waitFor();
    await delivery.getByRole('button', { name: 'Message' }).click();
    await page.getByText('"type": "PING"').waitFor();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByText('No webhook yet.').waitFor();
  });
}
