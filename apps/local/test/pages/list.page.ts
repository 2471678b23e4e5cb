import { expect, test } from 'vitest';
import type { Dashboard } from './dashboard.ts';

/** What is done with several searches of the list at once. */
export function listPage(dashboard: Dashboard): void {
  test('two searches are tagged, paused, compared and cancelled together', async () => {
    const ids = [
      await dashboard.submit('pair one', 1000),
      await dashboard.submit('pair two', 1000),
    ];
    const page = await dashboard.open('/?text=pair');
    const rows = page.getByRole('row', { name: /pair/ });
    await expect.poll(() => rows.count()).toBe(2);
    const tickAll = () => page.getByRole('checkbox', { name: 'Choose all' }).press('Space');
    const deeds = page.getByRole('toolbar', { name: 'With the chosen searches' });

    await tickAll();
    await deeds.getByText('2 chosen').waitFor();
    await deeds.getByRole('button', { name: 'Pause' }).click();
    await page.getByText('Done for 2 searches.').waitFor();
    await expect.poll(() => rows.getByText('Paused', { exact: true }).count()).toBe(2);

    await tickAll();
    await deeds.getByRole('textbox', { name: 'Tag' }).fill('twins');
    await deeds.getByRole('button', { name: 'Add tag' }).click();
    await deeds.waitFor({ state: 'detached' });
    await rows.getByRole('button', { name: 'twins' }).first().click();
    await page.getByRole('textbox', { name: 'Name contains' }).fill('');
    await expect.poll(() => new URL(page.url()).search).toBe('?tag=twins');
    // The head, and those two of all.
    await expect.poll(() => page.getByRole('row').count()).toBe(1 + 2);
    expect(await rows.count()).toBe(2);

    await tickAll();
    await deeds.getByRole('link', { name: 'Compare' }).click();
    await page.getByRole('button', { name: /pair one/ }).waitFor();
    await page.getByRole('button', { name: /pair two/ }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/compare');
    expect(new URL(page.url()).searchParams.get('searches')?.split(',').sort()).toEqual(ids.sort());
    await page.goBack();

    // One question for both, and the careful answer has the focus: Enter changes nothing.
    await tickAll();
    await deeds.getByRole('button', { name: 'Cancel searches' }).click();
    const question = page.getByRole('alertdialog', { name: 'Cancel 2 searches?' });
    await question.waitFor();
    await page.keyboard.press('Enter');
    await question.waitFor({ state: 'detached' });
    expect(await rows.getByText('Paused', { exact: true }).count()).toBe(2);
    await deeds.getByRole('button', { name: 'Cancel searches' }).click();
    await question.getByRole('button', { name: 'Cancel searches' }).click();
    await expect.poll(() => rows.getByText('Cancelled', { exact: true }).count()).toBe(2);
  });

  test('the list comes with its rows, as the address filters them, before any script', async () => {
    await dashboard.finishedSearch();
    const rowsAt = async (address: string) => {
      const page = await dashboard.open(address, { javaScriptEnabled: false });
      return await page.locator('tbody tr').allTextContents();
    };
    const shown = await rowsAt('/?text=finish&states=COMPLETE');
    expect(shown).toEqual([expect.stringMatching(/finished.*Complete/)]);
    expect(await rowsAt('/?text=finish&states=FAILED')).toEqual([]);
    // Nobody's rows are sent to a stranger.
    const stranger = await (await fetch(dashboard.platform.webUrl)).text();
    expect(stranger).not.toContain('>finished</a>');
  });
}
