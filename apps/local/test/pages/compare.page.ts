import { readSearch, watchSearch } from '@blockwise/client';
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
    // The list closes over what it hid.
    await page.getByRole('listbox').waitFor({ state: 'detached' });

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

  test('compare: networks stand side by side with how they learned', async () => {
    const search = await readSearch(dashboard.client, await dashboard.finishedSearch());
    const ids = search?.networks.slice(0, 2).map(({ id }) => id) ?? [];
    const page = await dashboard.open(`/compare?networks=${ids.map(encodeURIComponent).join(',')}`);
    await page.getByRole('region', { name: '1 and 2, layer by layer' }).waitFor();
    const trainings = page.getByRole('region', { name: 'How they learned' });
    await trainings.getByRole('figure', { name: /^Loss over the steps/ }).waitFor();
    await trainings.getByLabel('Curve').selectOption('Learning rate');
    await trainings.getByRole('figure', { name: /^Learning rate over the steps/ }).waitFor();
    expect(await trainings.getByRole('listitem').count()).toBe(ids.length);
    await expect.poll(() => page.url()).toContain('curve=learning_rate');
  });
}
