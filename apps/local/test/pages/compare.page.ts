import { watchSearch } from '@blockwise/client';
import { expect, test } from 'vitest';
import type { Dashboard } from './dashboard.ts';

/** Searches found by typing, laid side by side. */
export function comparePages(dashboard: Dashboard): void {
  test('compare: searches are found as one types, and stand side by side layer by layer', async () => {
    const search = await dashboard.finishedSearch();
    const other = await dashboard.submit('compared');
    // It ends when nothing is under way for the search any more.
    for await (const _ of watchSearch(dashboard.client, other));
    const page = await dashboard.open(`/compare?searches=${encodeURIComponent(search)}`);
    await page.getByText('Choose two searches or more').waitFor();
    const box = page.getByRole('combobox', { name: 'Add a search' });
    await box.fill('no search has this name');
    await page.getByText('No other search has this in its name.').waitFor();
    await box.fill('compar');
    await page.getByRole('option', { name: /compared/ }).click();
    await page.keyboard.press('Escape');

    const facts = page.getByRole('region', { name: 'What was found' });
    await facts.getByRole('row', { name: /1: finished/ }).waitFor();
    await facts.getByRole('row', { name: /2: compared/ }).waitFor();
    await page.getByText(/beats .* of the box around both fronts/).waitFor();
    const layers = page.getByRole('region', { name: 'Best networks, layer by layer' });
    await layers.getByRole('row', { name: /Stem · 1/ }).waitFor();
    const curves = page.getByRole('region', { name: 'Training of a cell' });
    await curves.getByRole('figure', { name: /Training loss of Cell 1\.1/ }).waitFor();
    await expect.poll(() => page.url()).toMatch(/searches=[^&]+,/);
  });
}
