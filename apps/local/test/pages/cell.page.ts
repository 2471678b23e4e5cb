import { CandidatesDocument, readSearch } from '@blockwise/client';
import { expect, test } from 'vitest';
import type { Dashboard } from './dashboard.ts';

/** The paths of a cell: one cloud and one table of the same. */
export function cellPage(dashboard: Dashboard): void {
  test('cloud and table of a cell show the same, and the address brings it back', async () => {
    const search = await dashboard.finishedSearch();
    const found = await readSearch(dashboard.client, search);
    // The cell with two layers of two operations.
    const cell = found?.blocks[0]?.cells.find(({ layers }) => layers === 2);
    const { candidates } = await dashboard.client.request(CandidatesDocument, {
      cell: cell?.id ?? '',
      orderBy: { field: 'MACS', direction: 'DESC' },
    });
    const byMacs = candidates.nodes.map(({ path, loss, macs }) => ({
      path,
      loss,
      macs: Number(macs),
    }));
    const page = await dashboard.open(dashboard.addressOf(search, 'cells'));
    const card = page.getByRole('article', { name: `Cell 1.${cell?.index}` });
    await card.getByText(/^worst path, loss .* % more\)$/).waitFor();
    await card.getByRole('link').click();
    const paths = page.getByRole('region', { name: 'All rated paths' });
    const table = paths.getByRole('region', { name: 'Rated paths' });
    const rows = table.locator('tbody tr');
    const shown = () => rows.locator('td:nth-child(2)').allInnerTexts();
    const asked = () => new URL(page.url()).searchParams;
    await paths.getByText('4 of 4 paths').waitFor();

    // A rectangle over all but the right of the cloud leaves all but the dearest.
    const cloud = paths.getByRole('application', { name: /^All rated paths: / });
    await cloud.scrollIntoViewIfNeeded();
    const box = (await cloud.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    await page.mouse.move(box.x + 2, box.y + 2);
    await page.mouse.down();
    await page.mouse.move(box.x + 0.75 * box.width, box.y + box.height - 2, { steps: 4 });
    await page.mouse.up();
    const cheap = byMacs.slice(1).map(({ path }) => path);
    await paths.getByText(`${cheap.length} of 4 paths`).waitFor();
    expect((await shown()).sort()).toEqual(cheap.sort());
    expect(asked().get('brush')).toMatch(/^[^,]+,[^,]+,[^,]+,[^,]+$/);
    await paths.getByRole('button', { name: 'No filter' }).click();
    await paths.getByText('4 of 4 paths').waitFor();

    const macs = table.getByRole('columnheader', { name: 'macs' });
    await macs.getByRole('button').press('Enter');
    await macs.and(page.locator('[aria-sort=ascending]')).waitFor();
    await macs.getByRole('button').press('Enter');
    await macs.and(page.locator('[aria-sort=descending]')).waitFor();
    await expect.poll(shown).toEqual(byMacs.map(({ path }) => path));

    // One side as a number: the other stays open, in the address too.
    const [dearest] = byMacs;
    const least = paths.getByRole('textbox', { name: 'macs at least' });
    await least.fill(String(dearest?.macs));
    await least.press('Enter');
    await expect.poll(shown).toEqual([dearest?.path]);
    expect(asked().get('brush')).toBe(`${dearest?.macs},,,`);
    await least.fill('');
    await least.press('Enter');
    await paths.getByText('4 of 4 paths').waitFor();

    await paths.getByText('Ops of each layer').click();
    const [firstOp] = await paths.getByRole('group', { name: 'Layer 1' }).getByRole('button').all();
    await firstOp?.press('Enter');
    const withFirst = byMacs.map(({ path }) => path).filter((path) => path.startsWith('0'));
    await expect.poll(shown).toEqual(withFirst);
    await paths.getByText(`${withFirst.length} of 4 paths`).waitFor();

    // Read by keys in the cloud, it is marked in the table; and the other way round.
    await cloud.focus();
    await page.keyboard.press('Shift+ArrowLeft');
    const read = paths.locator('[aria-live=polite] strong');
    await read.waitFor();
    const inCloud = await read.textContent();
    const marked = rows.and(page.locator('[data-pointed]'));
    const isListed = withFirst.some((path) => inCloud?.endsWith(path));
    expect(await marked.count()).toBe(isListed ? 1 : 0);
    await rows.last().getByRole('button').focus();
    await expect.poll(() => read.textContent()).toContain(withFirst.at(-1));
    await marked.filter({ hasText: withFirst.at(-1) ?? '' }).waitFor();

    await page.reload();
    await paths.getByText(`${withFirst.length} of 4 paths`).waitFor();
    await expect.poll(shown).toEqual(withFirst);
    await macs.and(page.locator('[aria-sort=descending]')).waitFor();
  });
}
