import { readSearch } from '@blockwise/client';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Dashboard } from './dashboard.ts';
import { asOnlooker } from './onlooker.ts';

/** Feature maps: they are made for who asks, compared channel by channel, and an address has all of it. */
export function mapsPage(dashboard: Dashboard): void {
  test('maps of a path are asked for, made while one waits, and read by keyboard', async () => {
    const search = await dashboard.finishedSearch();
    const page = await dashboard.open(dashboard.addressOf(search, 'cells'));
    await page.getByRole('link', { name: 'Cell 1.2' }).click();
    await page.getByRole('link', { name: 'See its feature maps' }).click();
    await expect.poll(() => page.url()).toContain('/maps?cell=1.2');

    const channels = page.getByRole('listbox', { name: 'Channels' });
    await channels.getByRole('option').first().waitFor();
    // The teacher's first block has 8 channels; each has a map of teacher, student and difference.
    expect(await channels.getByRole('option').count()).toBe(8);
    expect(await coloursOf(page)).toEqual(new Array(3 * 8).fill(expect.toSatisfy(isVaried)));
    const how = page.getByRole('region', { name: 'How near the student is' });
    await how.getByText('relative L1: mean |Ŷ − Y| / σ(Y)').waitFor();
    await how.getByText('rank 1 of 4').waitFor();
    const loss = await factOf(page, 'Loss of this image');
    expect(loss).toBeGreaterThan(0);

    // Channels by number: their errors' mean is the relative L1 loss that the trainer measured.
    const picture = page.getByRole('figure', { name: /^Cell 1\.2 / });
    await picture.getByRole('button', { name: 'Table' }).click();
    const cells = await picture
      .getByRole('table')
      .locator('tbody tr td:nth-child(5)')
      .allInnerTexts();
    const mean = cells.map(Number).reduce((sum, each) => sum + each, 0) / cells.length;
    expect(mean).toBeCloseTo(loss, 4);
    await picture.getByRole('button', { name: 'Picture' }).click();

    // A channel is chosen and its values are read by keys alone.
    await channels.getByRole('option').first().focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => page.url()).toContain('channel=2');
    const large = page.getByRole('application', { name: 'Maps of channel 2' });
    await large.focus();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowLeft');
    const read = page.getByText(/^Row 2, column 1: Teacher \S+ · Student \S+ · Difference \S+$/);
    await read.waitFor();
    const [teacher = 0, student = 0, difference = 0] = ((await read.textContent()) ?? '')
      .replace(/^[^:]*:/, '')
      .replaceAll('−', '-')
      .split('·')
      .map((part) => Number(/(\S+)$/.exec(part.trim())?.[1]));
    expect(student - teacher).toBeCloseTo(difference, 1);

    // Another path, op by op, beside the best one; the address has all of it.
    await page.getByRole('button', { name: 'Compare with another path' }).click();
    const other = page.getByRole('region', { name: 'Path B' });
    await other.getByText('of 4').waitFor();
    await page.getByText('B − teacher').first().waitFor();
    await expect.poll(() => page.url()).toMatch(/beside=\d\d/);
    await page.getByLabel('Order').selectOption({ label: 'by how much B is worse' });
    await expect.poll(() => page.url()).toContain('order=gap');
    const again = await dashboard.open(page.url());
    await again.getByText('B − teacher').first().waitFor();
    expect(await again.getByRole('option').allInnerTexts()).toEqual(
      await page.getByRole('option').allInnerTexts(),
    );
    expect(await coloursOf(again)).toEqual(await coloursOf(page));
  });

  test('who may not ask sees what is stored', async () => {
    const search = await dashboard.finishedSearch();
    const team = (await readSearch(dashboard.client, search))?.team.id ?? '';
    const address = `${dashboard.addressOf(search, 'maps')}?cell=1.2&sample=7`;
    await asOnlooker(dashboard, team, 'Visitor', async (page) => {
      await page.goto(dashboard.platform.webUrl + address);
      await page.getByText('your role may not. There are maps of:').waitFor();
      const stored = page.getByRole('button', { name: /^\d\d image 1$/ });
      await stored.first().click();
      await page.getByRole('listbox', { name: 'Channels' }).waitFor();
      await expect.poll(() => page.url()).not.toContain('sample=7');
    });
  });

  test('why there are no maps is told, and they are asked for again', async () => {
    const search = await dashboard.finishedSearch();
    const page = await dashboard.open('/');
    let isBroken = true;
    await answersOf(page, (answer) =>
      isBroken && answer.includes('"__typename":"Cell"')
        ? answer
            .replaceAll('"state":"COMPLETE"', '"state":"FAILED"')
            .replaceAll(
              '"failure":null',
              '"failure":{"code":"ARTIFACT_MISSING","message":"No such file."}',
            )
        : answer,
    );
    const address = `${dashboard.addressOf(search, 'maps')}?cell=1.2`;
    await page.goto(new URL(address, page.url()).href);
    const alert = page.getByRole('alert');
    await alert
      .getByText('The weights that the maps are made with are not there any more.')
      .waitFor();
    isBroken = false;
    await alert.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('listbox', { name: 'Channels' }).waitFor();
  });

  test('the picture of all channels is saved as PNG', async () => {
    const search = await dashboard.finishedSearch();
    const page = await dashboard.open(`${dashboard.addressOf(search, 'maps')}?cell=1.2`);
    const picture = page.getByRole('figure', { name: /^Cell 1\.2 / });
    await picture.getByRole('button', { name: 'Save' }).click();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'PNG' }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(/^Cell 1\.2 \d\d 0\.png$/);
  });
}

/** Changes what the API answers in a page, as text, before it is read. */
async function answersOf(page: Page, change: (answer: string) => string): Promise<void> {
  await page.route('**/graphql', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: change(await response.text()) });
  });
}

/** How many colours each small map has. */
function coloursOf(page: Page): Promise<number[]> {
  return page
    .getByRole('listbox')
    .locator('canvas')
    .evaluateAll((all) =>
      (all as unknown as Canvas[]).map((canvas) => {
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        return new Set(new Uint32Array(data.buffer)).size;
      }),
    );
}

/** Of the browser's canvas, what is used here. */
interface Canvas {
  readonly width: number;
  readonly height: number;
  getContext(kind: '2d'): {
    getImageData(x: number, y: number, width: number, height: number): { data: Uint8ClampedArray };
  };
}

function isVaried(colours: number): boolean {
  return colours > 1;
}

async function factOf(page: Page, name: string): Promise<number> {
  const fact = page.locator('dt', { hasText: name }).locator('xpath=following-sibling::dd');
  return Number.parseFloat((await fact.first().textContent()) ?? '');
}
