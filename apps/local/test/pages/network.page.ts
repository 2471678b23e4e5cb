import { expect, test } from 'vitest';
import type { Dashboard } from './dashboard.ts';

/** The networks of a search: the list, what one is and why, and the network in the browser. */
export function networkPages(dashboard: Dashboard): void {
  test('a network is looked into layer by layer with the keyboard', async () => {
    const search = await dashboard.finishedSearch();
    const page = await dashboard.open(dashboard.addressOf(search, 'networks'));
    await page.getByRole('button', { name: 'Macs' }).click();
    await expect.poll(() => page.url()).toContain('by=MACS');
    await page
      .getByRole('columnheader', { name: 'Macs' })
      .and(page.locator('[aria-sort=ascending]'))
      .waitFor();

    await page.getByRole('link', { name: 'Network 1' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'Why it won' }).getByText('Block 2').waitFor();
    const stem = page.getByRole('radio', { name: /^Layer stem\.1/ });
    await stem.focus();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('heading', { name: 'What layer 1.1 could have been' }).waitFor();
    await expect.poll(() => page.url()).toContain('layer=1.1');
    const region = page.getByRole('region', { name: 'What layer 1.1 could have been' }).first();
    // Two operations: the one that was taken, and the other.
    await expect.poll(() => region.getByRole('row').count()).toBe(1 + 2);
    await region.getByRole('cell', { name: 'chosen' }).waitFor();
  });

  test('a network is made into files and classifies the test part’s samples in the browser', async () => {
    const search = await dashboard.finishedSearch();
    const page = await dashboard.open(dashboard.addressOf(search, 'networks'));
    await page.getByRole('link', { name: 'Network 1' }).click();
    const own = page.getByRole('region', { name: 'Try it' });
    await own.getByRole('button', { name: 'Make the files for it' }).click();
    await own.getByRole('button', { name: /^Load the model/ }).click();
    await own.getByRole('button', { name: /^Sample 1:/ }).click();
    const answer = own.getByRole('region', { name: 'What the network takes it for' });
    await answer.getByText(/^(Right|Wrong): /).waitFor();
    const shares = await answer.getByRole('listitem').allInnerTexts();
    const sum = shares.reduce((all, text) => all + Number(/([\d.]+) %/.exec(text)?.[1]), 0);
    expect(sum).toBeCloseTo(100, 0);

    // All images of the small test part are samples: the browser is right where the platform's test was.
    await own.getByRole('button', { name: 'Classify all' }).click();
    const told = own.getByText(/of 30 right here/);
    await told.waitFor();
    const [, right, top1] =
      /(\d+) of 30 right here; ([\d.]+) %/.exec((await told.textContent()) ?? '') ?? [];
    expect((100 * Number(right)) / 30).toBeCloseTo(Number(top1), 1);

    const files = page.getByRole('region', { name: 'Files' });
    for (const name of ['PyTorch', 'ONNX', 'TensorFlow.js', 'safetensors', 'Architecture']) {
      await files.getByRole('button', { name, exact: true }).waitFor();
    }
  });
}
