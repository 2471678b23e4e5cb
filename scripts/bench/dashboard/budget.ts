import type { Page } from 'playwright-core';
import type { Measured } from '../figures.ts';

/** Moves whose answer the page has painted, milliseconds each. */
declare global {
  var paintedMoves: number[] | undefined;
}

/** Share of the slider's track that a move goes. */
const stride = 1 / 60;

/**
 * Drags the slider of macs from its end downwards, one move after the other is painted.
 *
 * @returns from each move of the pointer until the page shows the best network of that budget
 */
export async function measureSlider(page: Page, moves: number): Promise<Measured> {
  await page.locator('[data-network]').waitFor();
  await page.waitForTimeout(2000);
  await page.evaluate(noteMoves);
  const group = page.getByRole('group', { name: /^Macs at most/ });
  const track = await group.locator('[class*=track]').first().boundingBox();
  if (track === null) throw new Error('The slider of macs is not on the page.');
  const y = track.y + track.height / 2;
  await page.mouse.move(track.x + track.width - 2, y);
  await page.mouse.down();
  for (let i = 1; i <= moves; i++) {
    await page.mouse.move(track.x + track.width * (1 - i * stride), y);
    await page.waitForFunction((count) => (globalThis.paintedMoves?.length ?? 0) >= count, i);
  }
  await page.mouse.up();
  const times = await page.evaluate(() => globalThis.paintedMoves ?? []);
  return { times, note: null };
}

/** Runs in the page. */
function noteMoves(): void {
  const painted: number[] = [];
  globalThis.paintedMoves = painted;
  let since: number | undefined;
  addEventListener(
    'pointermove',
    ({ buttons, timeStamp }) => {
      if (buttons !== 0) since ??= timeStamp;
    },
    true,
  );
  const stage = document.querySelector('[data-network]');
  if (stage === null) return;
  new MutationObserver(() => {
    if (since === undefined) return;
    const from = since;
    since = undefined;
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => painted.push(performance.now() - from);
      port2.postMessage(null);
    });
  }).observe(stage, { subtree: true, childList: true, characterData: true, attributes: true });
}
