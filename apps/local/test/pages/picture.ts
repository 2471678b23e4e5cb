import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import pixelmatch from 'pixelmatch';
import type { Page } from 'playwright-core';
import sharp from 'sharp';

const folder = path.join(import.meta.dirname, 'pictures');
/** Share of pixels that may differ: another build of the browser smooths letters otherwise. */
const tolerated = 0.01;

/**
 * Share of pixels in which the page's window differs from its stored picture, less what is tolerated:
 * 0 when they are alike. Times and durations (`data-volatile`) are left out. With UPDATE_PICTURES set,
 * the picture is stored instead. What differs lies beside the stored one as `NAME.differs.png`.
 */
export async function pictureDifference(page: Page, name: string): Promise<number> {
  const shot = await page.screenshot({
    animations: 'disabled',
    style: '[data-volatile] { visibility: hidden !important; }',
  });
  const stored = path.join(folder, `${name}.png`);
  if (process.env.UPDATE_PICTURES) {
    await mkdir(folder, { recursive: true });
    await writeFile(stored, await sharp(shot).png({ palette: true, effort: 10 }).toBuffer());
    return 0;
  }
  if (!existsSync(stored)) throw new Error(`There is no picture ${name}: set UPDATE_PICTURES=1.`);
  const [now, before] = await Promise.all([pixels(shot), pixels(stored)]);
  if (now.width !== before.width || now.height !== before.height) return 1;
  const picture = new Uint8Array(now.data.length);
  const { width, height } = now;
  const count = pixelmatch(now.data, before.data, picture, width, height, { threshold: 0.2 });
  const share = count / (width * height);
  if (share <= tolerated) return 0;
  await sharp(picture, { raw: { width, height, channels: 4 } })
    .png()
    .toFile(path.join(folder, `${name}.differs.png`));
  return share;
}

async function pixels(source: Buffer | string) {
  const { data, info } = await sharp(source)
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}
