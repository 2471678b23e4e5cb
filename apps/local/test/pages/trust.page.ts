import { expect, test } from 'vitest';
import type { Dashboard } from './dashboard.ts';

/** How far a search's order can be trusted. */
export function trustPage(dashboard: Dashboard): void {
  test('an audit says what it costs, starts once, shows how far it is, and is cancelled when asked twice', async () => {
    const search = await dashboard.finishedSearch();
    const page = await dashboard.open(dashboard.addressOf(search, 'trust'));
    await page.getByText('How far to trust this order is not measured yet.').waitFor();
    await page.getByLabel('Networks').fill('3');
    await page.getByText('A whole number from 4 to 200').waitFor();
    expect(await page.getByRole('button', { name: 'Start audit' }).isDisabled()).toBe(true);
    await page.getByLabel('Networks').fill('4');
    await page.getByLabel('Epochs').fill('2000');
    await page.getByText(/4 trainings of 2,?000 epochs each: about/).waitFor();
    await page.getByRole('button', { name: 'Start audit' }).click();
    await page.getByRole('progressbar').waitFor();
    await page.getByRole('button', { name: 'Cancel audit' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel audit' }).click();
    await page.getByText('Cancelled', { exact: true }).waitFor();
  });
}
