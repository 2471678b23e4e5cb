import type { Page } from 'playwright-core';
import type { Measured } from '../figures.ts';
import type { Visitor } from './visitor.ts';

/** When rows were painted first, milliseconds after the address was asked for. */
declare global {
  var paintedAt: number | undefined;
}

/** From the address to rows on the screen, in a browser that has or has not been there before. */
export async function measureFirstPaint(
  visitor: Visitor,
  webUrl: string,
  runs: number,
  isCached: boolean,
): Promise<Measured> {
  const times: number[] = [];
  const shells: number[] = [];
  for (let run = 0; run < runs; run++) {
    const context = await visitor.arrive();
    await context.addInitScript(noteRows);
    const page = await context.newPage();
    for (let visit = 0; visit < (isCached ? 2 : 1); visit++) {
      await page.goto(webUrl);
      await page.waitForFunction(() => globalThis.paintedAt !== undefined);
    }
    times.push(await page.evaluate(() => globalThis.paintedAt ?? Number.NaN));
    shells.push(await firstContent(page));
    await context.close();
  }
  const shell = shells.sort((a, b) => a - b)[Math.floor(shells.length / 2)] ?? 0;
  return { times, note: `the frame of the page is there after ${shell.toFixed(0)} ms` };
}

/** From before a search is started until its row is painted in a list that was open. */
export async function measureLiveList(
  visitor: Visitor,
  runs: number,
  start: (name: string) => Promise<unknown>,
): Promise<Measured> {
  const page = await visitor.open('/');
  await page.locator('tbody tr').first().waitFor();
  await page.waitForTimeout(2000);
  let bytes = 0;
  const asked = new Set<string>();
  page.on('response', async (response) => {
    if (!response.url().endsWith('/graphql')) return;
    asked.add(JSON.parse(response.request().postData() ?? '{}').operationName ?? 'a query');
    bytes += (await response.body().catch(() => Buffer.alloc(0))).length;
  });
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const name = `live ${run}`;
    const before = performance.timeOrigin + performance.now();
    await start(name);
    const painted = await page.evaluate(async (name) => {
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      const isThere = () =>
        [...document.querySelectorAll('tbody a')].some((link) => link.textContent === name);
      while (!isThere()) await frame();
      await frame();
      return performance.timeOrigin + performance.now();
    }, name);
    times.push(painted - before);
  }
  await page.waitForTimeout(500);
  await page.context().close();
  const questions = asked.size === 0 ? 'nothing' : [...asked].join(', ');
  return {
    times,
    note: `the page asked for ${questions} (${(bytes / 1000 / runs).toFixed(1)} kB a search)`,
  };
}

/** Runs in the page before its own scripts. */
function noteRows(): void {
  const look = () => {
    if (document.querySelector('tbody tr a') === null) return requestAnimationFrame(look);
    // A frame's callbacks come before it is painted; a message comes after.
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        globalThis.paintedAt = performance.now();
      };
      port2.postMessage(null);
    });
  };
  requestAnimationFrame(look);
}

async function firstContent(page: Page): Promise<number> {
  return await page.evaluate(
    () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
  );
}
