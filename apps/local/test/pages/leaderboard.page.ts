import { LeaderboardsDocument, WithdrawEntryDocument } from '@blockwise/client';
import { expect, test } from 'vitest';
import type { Dashboard } from './dashboard.ts';

/** A board of tested networks. */
export function leaderboardPage(dashboard: Dashboard): void {
  test('picture and table choose the same entries, and a stranger reads what is shared', async () => {
    await dashboard.finishedSearch();
    const page = await dashboard.open('/leaderboard');
    await page.getByRole('region', { name: 'All boards' }).getByRole('link').first().click();
    const table = page.getByRole('table').first();
    const rows = table.locator('tbody tr');
    await rows.first().waitFor();

    // A rectangle over the whole picture chooses every row, and the address keeps it.
    const picture = page.getByRole('img', { name: /^Accuracy of/ });
    const box = (await picture.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    await page.mouse.move(box.x + 80, box.y + 16);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width - 16, box.y + box.height - 50, { steps: 4 });
    await page.mouse.up();
    const chosen = table.locator('tbody tr[data-selected]');
    await expect.poll(() => chosen.count()).toBe(await rows.count());
    await expect.poll(() => new URL(page.url()).searchParams.has('brush')).toBe(true);

    // By keyboard: one row less, which takes the rectangle's place.
    await table.getByRole('checkbox').first().focus();
    await page.keyboard.press('Space');
    await expect.poll(() => chosen.count()).toBe((await rows.count()) - 1);
    await expect.poll(() => new URL(page.url()).searchParams.has('brush')).toBe(false);

    await page.getByRole('button', { name: 'Make link' }).click();
    const link = await page.getByRole('status').locator('code').textContent();
    const shared = new URL(link ?? '').pathname;
    const stranger = await dashboard.openAsStranger(shared);
    await expect.poll(() => stranger.locator('tbody tr').count()).toBe(await rows.count());
    expect(await stranger.getByRole('button', { name: 'Enter a network' }).count()).toBe(0);

    await page.getByRole('button', { name: 'End sharing' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'End sharing' }).click();
    await page.getByRole('button', { name: 'End sharing' }).waitFor({ state: 'detached' });
    await stranger.reload();
    await stranger.getByText('There is no such leaderboard').waitFor();
  });

  test('what happens on a board is seen at once', async () => {
    await dashboard.finishedSearch();
    const { leaderboards } = await dashboard.client.request(LeaderboardsDocument, { first: 1 });
    const [board] = leaderboards.nodes;
    const page = await dashboard.open(`/leaderboard/${encodeURIComponent(board?.id ?? '')}`);
    const events = page.getByRole('region', { name: 'What happened' });
    await events.getByText('entered').first().waitFor();
    expect(await events.getByText('withdrawn').count()).toBe(0);
    const entry = board?.leader?.id ?? '';
    await dashboard.client.request(WithdrawEntryDocument, { input: { entry } });
    await events.getByText('withdrawn').waitFor();
  });

  test('a board is made with a budget and changed, and what is wrong is said at its field', async () => {
    await dashboard.finishedSearch();
    const page = await dashboard.open('/leaderboard');
    await page.getByRole('button', { name: 'Make a board' }).click();
    const form = page.getByRole('dialog', { name: 'Make a board' });
    await form.getByRole('textbox', { name: 'Name' }).fill('small ones');
    await form.getByRole('combobox', { name: 'Data set' }).waitFor();
    await form.getByRole('combobox', { name: 'Budget' }).selectOption('Params');
    const most = form.getByRole('textbox', { name: 'At most, params' });
    await most.fill('0');
    await most.press('Enter');
    await form.getByText('max must be above 0, not 0.').waitFor();
    expect(await most.getAttribute('aria-invalid')).toBe('true');
    await most.fill('1.5M');
    await most.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'small ones' }).waitFor();
    await page.getByText('at most 1.5M params').waitFor();

    await page.getByRole('button', { name: 'Change', exact: true }).click();
    const change = page.getByRole('dialog', { name: 'Change the board' });
    await change.getByRole('textbox', { name: 'Name' }).fill('small networks');
    await change.getByText('Private', { exact: true }).click();
    await change.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { level: 1, name: 'small networks' }).waitFor();
    await page.getByText('Seen by: Private').waitFor();

    // A tested network that was found enters it.
    await page.getByRole('button', { name: 'Enter a network' }).click();
    const enter = page.getByRole('dialog', { name: 'Enter a network' });
    await enter.getByRole('combobox', { name: 'Search' }).selectOption('finished');
    const network = enter.getByRole('combobox', { name: 'Network' });
    await network.selectOption({ index: 1 });
    expect(await network.locator('option:checked').textContent()).toMatch(/^Network \d · /);
    await enter.getByRole('button', { name: 'Enter a network' }).click();
    await expect
      .poll(() => page.getByRole('region', { name: 'Tested networks' }).getByRole('row').count())
      .toBe(1 + 1);
  });
}
