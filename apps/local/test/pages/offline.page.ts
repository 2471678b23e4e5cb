import { expect, test } from 'vitest';
import type { Dashboard } from './dashboard.ts';

/** The API is away for a while. */
export function offlinePages(dashboard: Dashboard): void {
  test('without a connection a bar says so, what is seen stays, and all comes back by itself', async () => {
    await dashboard.finishedSearch();
    const { browser, platform } = dashboard;
    // A browser of its own: requests that fail are what is wanted here.
    const signedIn = await dashboard.open('/');
    const storageState = await signedIn.context().storageState();
    const context = await browser.newContext({ storageState, locale: 'en-US' });
    const page = await context.newPage();
    await page.goto(platform.webUrl);
    const rows = page.getByRole('row', { name: /finished/ });
    await rows.first().waitFor();
    const text = page.getByRole('textbox', { name: 'Name contains' });
    const bar = page.getByRole('status').filter({ hasText: 'The API cannot be reached' });

    await context.setOffline(true);
    await text.fill('finish');
    await bar.waitFor();
    expect(await text.inputValue()).toBe('finish');

    await context.setOffline(false);
    await bar.waitFor({ state: 'detached' });
    await rows.first().waitFor();
    await expect.poll(() => page.getByRole('row').count()).toBe(1 + (await rows.count()));
    expect(await text.inputValue()).toBe('finish');
    await context.close();
  });
}
