import { readSearch, StartSearchDocument, toSearchSpecInput } from '@blockwise/client';
import { expect, test } from 'vitest';
import { smallSpec } from '../small-spec.ts';
import type { Dashboard } from './dashboard.ts';

/** A search is held, let go on, ended and mended from its own pages. */
export function steeringPage(dashboard: Dashboard): void {
  test('a running search is paused, resumed and ends complete', async () => {
    const id = await dashboard.submit('steered', 40);
    const page = await dashboard.open(dashboard.addressOf(id));
    const head = page.getByRole('heading', { level: 1, name: 'steered' }).locator('..');
    await page.getByRole('button', { name: 'Pause' }).click();
    await head.getByText('Paused', { exact: true }).waitFor();
    const paused = await readSearch(dashboard.client, id);
    expect(paused?.state).toBe('PAUSED');

    await page.getByRole('button', { name: 'Resume' }).press('Enter');
    await head.getByText('Paused', { exact: true }).waitFor({ state: 'detached' });
    await head.getByText('Complete', { exact: true }).waitFor();
    expect(await page.getByRole('button', { name: /^(Pause|Resume|Cancel search)$/ }).count()).toBe(
      0,
    );
  });

  test('cancelling asks once', async () => {
    const id = await dashboard.submit('cancelled', 1000);
    const page = await dashboard.open(dashboard.addressOf(id));
    const head = page.getByRole('heading', { level: 1, name: 'cancelled' }).locator('..');
    const cancel = page.getByRole('button', { name: 'Cancel search' });
    await cancel.click();
    // The careful answer has the focus: Enter changes nothing.
    const question = page.getByRole('alertdialog');
    await question.waitFor();
    await page.keyboard.press('Enter');
    await question.waitFor({ state: 'detached' });
    expect((await readSearch(dashboard.client, id))?.state).not.toBe('CANCELLED');
    await cancel.click();
    await question.getByRole('button', { name: 'Cancel search' }).click();
    await head.getByText('Cancelled', { exact: true }).waitFor();
  });

  test('a cell that failed says why, and is tried again', async () => {
    const spec = smallSpec('too fast');
    const { startSearch } = await dashboard.client.request(StartSearchDocument, {
      // The second block learns so fast that it diverges.
      input: {
        spec: toSearchSpecInput({
          ...spec,
          distil: {
            ...spec.distil,
            learningRate: [0.005, 10],
            divergence: { explodesAt: 10, retryRate: null },
          },
        }),
      },
    });
    const page = await dashboard.open(dashboard.addressOf(startSearch.id, 'cells'));
    const head = page.getByRole('heading', { level: 1, name: 'too fast' }).locator('..');
    await head.getByText('Failed', { exact: true }).waitFor();
    const failed = page.getByRole('article').filter({ hasText: 'DIVERGED' });
    await failed.getByText(/the loss of step \d+ on path/).waitFor();
    const attempts = async () => {
      const search = await readSearch(dashboard.client, startSearch.id);
      return Math.max(...(search?.jobs ?? []).map(({ runs }) => runs.length));
    };
    const before = await attempts();
    await failed.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(attempts).toBe(before + 1);
    // Nothing has changed for it: it fails again, and the page says so by itself.
    await failed.getByRole('button', { name: 'Try again' }).waitFor();
  });
}
