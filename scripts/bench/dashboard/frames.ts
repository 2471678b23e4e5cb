import type { Page } from 'playwright-core';
import type { Measured } from '../figures.ts';

/** Times of frames as the page kept them, milliseconds. */
declare global {
  var keptFrames: number[] | undefined;
}

/**
 * Milliseconds between the frames that a page drew while something was done to it. The page itself counts
 * them; a frame that its main thread missed is a longer time.
 */
export async function framesDuring(page: Page, deed: () => Promise<void>): Promise<Measured> {
  await page.evaluate(() => {
    const frames: number[] = [];
    globalThis.keptFrames = frames;
    const keep = (time: number) => {
      if (globalThis.keptFrames !== frames) return;
      frames.push(time);
      requestAnimationFrame(keep);
    };
    requestAnimationFrame(keep);
  });
  await deed();
  const frames = await page.evaluate(() => {
    const kept = globalThis.keptFrames ?? [];
    globalThis.keptFrames = undefined;
    return kept;
  });
  const times = frames.slice(1).map((time, i) => time - (frames[i] ?? time));
  return { times, note: inWords(times) };
}

/** Frames a second, and the share of frames that came later than the one after theirs. */
export function inWords(times: readonly number[]): string {
  const total = times.reduce((sum, time) => sum + time, 0);
  const sorted = [...times].sort((a, b) => a - b);
  const late = sorted[Math.floor(0.95 * sorted.length)] ?? 0;
  return `${((1000 * times.length) / total).toFixed(1)} frames/s, 95 % within ${late.toFixed(0)} ms`;
}
