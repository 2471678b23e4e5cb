import type { Page } from 'playwright-core';

/**
 * Kilobytes (1,000 bytes, compressed) that a page may load before anything is done on it. TensorFlow.js is
 * not among them: it comes when somebody tries a network.
 */
const budgets = { '.js': 360, '.css': 20 } as const;

/** What a page has loaded too much of; empty when it keeps to the budget. */
export async function overBudget(page: Page): Promise<string[]> {
  const files = await page.evaluate(() =>
    performance.getEntriesByType('resource').map((entry) => {
      const { name, encodedBodySize } = entry as typeof entry & { encodedBodySize: number };
      return { path: new URL(name).pathname, bytes: encodedBodySize };
    }),
  );
  return Object.entries(budgets).flatMap(([ending, most]) => {
    const found = files.filter(({ path }) => path.endsWith(ending));
    const total = found.reduce((sum, { bytes }) => sum + bytes, 0) / 1000;
    // A page without scripts is one that was not measured.
    if (found.length === 0) return [`no ${ending} was loaded`];
    return total <= most ? [] : [`${Math.round(total)} kB of ${ending}, ${most} are its budget`];
  });
}
