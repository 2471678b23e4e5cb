import { SolveDocument } from '@blockwise/client';
import { expect, test } from 'vitest';
import type { Dashboard } from './dashboard.ts';

/** A network for a phone: from a preset by the keyboard to a pinned one and its retraining. */
export function budgetPages(dashboard: Dashboard): void {
  test('budgets: a slider moves the best network, a pin stays in the address, retraining is asked for once', async () => {
    const search = await dashboard.finishedSearch();
    const page = await dashboard.open(dashboard.addressOf(search, 'budgets'));
    const best = page.getByRole('region', { name: 'Best network', exact: true });
    const encoding = () => best.locator('[data-network]').getAttribute('data-network');
    await best.locator('[data-network]').waitFor();
    await page.getByRole('button', { name: /Middle/ }).click();
    const field = page.getByRole('textbox', { name: 'Macs at most, exactly' });
    const amount = async () => Number((await field.inputValue()).replaceAll(',', ''));
    const middle = await amount();

    // By keyboard to a smaller budget: what is shown is what the API solves.
    await page.getByRole('slider', { name: 'Macs at most' }).focus();
    await page.keyboard.press('PageDown');
    await page.keyboard.press('ArrowLeft');
    expect(await amount()).toBeLessThan(middle);
    const solved = async () => {
      const constraints = { macs: { max: await amount() } };
      const answer = await dashboard.client.request(SolveDocument, {
        search,
        constraints,
        networks: 1,
      });
      return answer.solve[0]?.encoding;
    };
    await expect.poll(encoding).toBe(await solved());

    await best.getByRole('button', { name: 'Pin', exact: true }).click();
    const pinned = page.getByRole('region', { name: 'Pinned networks' });
    await pinned.getByRole('columnheader', { name: /1: Macs at most/ }).waitFor();
    await page.getByRole('button', { name: 'No limits' }).click();
    await expect.poll(encoding).toBe(await solvedWithout(dashboard, search));
    await expect.poll(() => page.url()).toContain('pins=macs:max:');
    await page.reload();
    await pinned.getByRole('columnheader', { name: /1: Macs at most/ }).waitFor();

    // A budget that nothing fits says the nearest that does.
    await field.fill('1');
    await field.press('Enter');
    const refusal = page.getByText('No network fits');
    await refusal.waitFor();
    await page.getByRole('button', { name: /^Use / }).click();
    await expect.poll(() => refusal.count()).toBe(0);
    await expect.poll(encoding).toBe(await solved());

    await best.getByRole('button', { name: 'Retrain…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Retrain networks' });
    await dialog.getByText(/\d trainings?\./).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => dialog.count()).toBe(0);
  });
}

async function solvedWithout(dashboard: Dashboard, search: string): Promise<string | undefined> {
  const answer = await dashboard.client.request(SolveDocument, { search, networks: 1 });
  return answer.solve[0]?.encoding;
}
