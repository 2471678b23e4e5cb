import { expect, test } from 'vitest';
import type { Dashboard } from './dashboard.ts';

/** A search watched from its start to its end. */
export function liveSearch(dashboard: Dashboard): void {
  test('without a search the list says how to get one', async () => {
    const page = await dashboard.open('/');
    await page.getByText('No search yet.').waitFor();
  });

  test('a search is watched from its start to its tested networks, by keyboard alone', async () => {
    await dashboard.submit('watched');
    const page = await dashboard.open('/');
    const watched = page.getByRole('link', { name: 'watched' });
    await watched.waitFor();
    await watched.press('Enter');

    // While it runs: phases move and curves grow, without a reload.
    const heading = page.getByRole('heading', { level: 1, name: 'watched' });
    await heading.waitFor();
    const teacher = page.getByRole('progressbar', { name: 'Teacher phase' });
    await expect.poll(() => teacher.getAttribute('aria-valuenow')).toBe('100');
    await page
      .getByRole('application', { name: /Training loss over steps: .*Cell 1\.1/ })
      .waitFor();

    // Its end arrives by itself.
    const head = heading.locator('..');
    await head.getByText('Complete', { exact: true }).waitFor();
    for (const phase of ['Distil', 'Rate', 'Solve', 'Retrain']) {
      const bar = page.getByRole('progressbar', { name: `${phase} phase` });
      await expect.poll(() => bar.getAttribute('aria-valuenow')).toBe('100');
    }

    await page.getByRole('link', { name: 'Leaderboards' }).click();
    const boards = page.getByRole('region', { name: 'All boards' });
    await boards.getByRole('link', { name: /^procedural/ }).click();
    const board = page.getByRole('region', { name: 'Tested networks' });
    await expect.poll(() => board.getByRole('row').count()).toBe(1 + 2);
    await expect.poll(() => board.getByText('✓ verified').count()).toBe(2);
  });

  test('an address without a search says so', async () => {
    const page = await dashboard.open('/searches/nothing');
    await page
      .getByRole('alert')
      .filter({ hasText: /id|search/ })
      .first()
      .waitFor();
  });
}
