import type { Locator, Page } from 'playwright-core';
import type { Measured } from '../figures.ts';
import { framesDuring } from './frames.ts';

/** Moves of the pointer in a round trip over a chart. */
const moves = 60;
/** Pixels to each side. */
const swing = 300;

/** A chart that rests, has the focus and is nearer than all of it, so that it can be moved. */
export async function takeChart(page: Page): Promise<Locator> {
  const chart = page.locator('[role=application]:has(canvas)').first();
  await chart.scrollIntoViewIfNeeded();
  await page.waitForTimeout(1500);
  await chart.focus();
  for (let i = 0; i < 4; i++) await page.keyboard.press('+');
  await page.waitForTimeout(1500);
  return chart;
}

/** Drags a chart to and fro; with shift it draws a rectangle where it would move, and the other way. */
export async function drag(
  page: Page,
  chart: Locator,
  seconds: number,
  shift = false,
): Promise<Measured> {
  const { x, y } = await middleOf(chart);
  const before = page.url();
  await page.mouse.move(x, y);
  if (shift) await page.keyboard.down('Shift');
  await page.mouse.down();
  await page.mouse.move(x + 20, y + 10);
  const measured = await framesDuring(page, () => swinging(page, { x, y }, seconds));
  await page.mouse.up();
  if (shift) await page.keyboard.up('Shift');
  await page.waitForTimeout(1000);
  // What rests elsewhere, or is chosen, stands in the address.
  if (page.url() === before) throw new Error('Nothing came of the drag.');
  return measured;
}

/** Moves the pointer over a chart without pressing. */
export async function read(page: Page, chart: Locator, seconds: number): Promise<Measured> {
  const middle = await middleOf(chart);
  return await framesDuring(page, () => swinging(page, middle, seconds));
}

/** Turns the wheel near and far again. */
export async function zoom(page: Page, chart: Locator, seconds: number): Promise<Measured> {
  const { x, y } = await middleOf(chart);
  await page.mouse.move(x, y);
  await chart.focus();
  return await framesDuring(page, async () => {
    const end = performance.now() + 1000 * seconds;
    for (let i = 0; performance.now() < end; i++) {
      await page.mouse.wheel(0, i % moves < moves / 2 ? -40 : 40);
    }
  });
}

async function swinging(page: Page, { x, y }: { x: number; y: number }, seconds: number) {
  const end = performance.now() + 1000 * seconds;
  for (let i = 0; performance.now() < end; i++) {
    const angle = (2 * Math.PI * i) / moves;
    await page.mouse.move(x + swing * Math.sin(angle), y + 60 * Math.sin(3 * angle));
  }
}

async function middleOf(chart: Locator) {
  const box = await chart.boundingBox();
  if (box === null) throw new Error('The chart is not on the page.');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
