import { expect, test } from 'vitest';
import { smallSpec } from '../small-spec.ts';
import type { Dashboard } from './dashboard.ts';

/** A search is written and started, with nothing but the page. */
export function newSearchPage(dashboard: Dashboard): void {
  test('what is wrong is told at its field, and what it would take as it is written', async () => {
    const page = await dashboard.open('/searches/new');
    const summary = page.getByRole('region', { name: 'What it would take' });
    await summary.getByText('2.67M').waitFor();
    const distil = page.getByRole('region', { name: 'Distillation and rating' });
    await distil.getByLabel('Epochs').fill('none');
    await distil.getByText('A number, such as 64').waitFor();
    const start = page.getByRole('button', { name: 'Start search' });
    expect(await start.isDisabled()).toBe(true);
    await distil.getByLabel('Epochs').fill('3');

    // What only the API knows: no network is as small as that.
    const budget = page.getByRole('region', { name: 'Budget' });
    await budget.getByLabel('Params at most').fill('10');
    const ready = page.getByRole('region', { name: 'Ready?' });
    await ready.getByRole('link', { name: /constraints/ }).waitFor();
    await budget.getByLabel('Params at most').fill('120k');
    await ready.getByText('Everything fits.').waitFor();

    // A reload loses nothing that was written.
    await page.reload();
    await expect.poll(() => budget.getByLabel('Params at most').inputValue()).toBe('120000');
  });

  test('by keyboard alone a pasted specification is started and its page opens', async () => {
    const page = await dashboard.open('/searches/new?as=json');
    const text = page.getByRole('region', { name: 'The same as text' });
    await text.getByRole('textbox', { name: 'JSON' }).focus();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.insertText(JSON.stringify(smallSpec('by keyboard')));
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const start = page.getByRole('button', { name: 'Start search' });
    await expect.poll(() => start.isEnabled()).toBe(true);
    await start.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'by keyboard' }).waitFor();

    // It is not needed any further.
    await page.getByRole('button', { name: 'Cancel search' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('alertdialog').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText('Cancelled. What was finished stays.').waitFor();
  });
}
