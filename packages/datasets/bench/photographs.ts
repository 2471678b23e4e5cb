import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';

/** Width and height of most of ImageNet's files, pixels. */
const [width, height] = [500, 375];

/**
 * A folder of two classes with JPEG files of ImageNet's usual shape and size (about 100 KB): soft
 * shapes under fine detail, so that they take as long to decode as photographs.
 */
export async function writePhotographs(folder: string, perClass: number): Promise<void> {
  let seed = 1;
  // Numerical Recipes' generator: any noise does.
  const noise = (count: number, from: number, range: number) =>
    Buffer.from(
      Array.from({ length: count }, () => {
        seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
        return from + Math.floor((range * seed) / 2 ** 32);
      }),
    );
  const photograph = async () => {
    const soft = await sharp(noise(25 * 19 * 3, 0, 256), {
      raw: { width: 25, height: 19, channels: 3 },
    })
      .resize(width, height, { kernel: 'cubic', fit: 'fill' })
      .png()
      .toBuffer();
    const fine = await sharp(noise(width * height * 3, 88, 80), {
      raw: { width, height, channels: 3 },
    })
      .blur(0.7)
      .png()
      .toBuffer();
    return await sharp(soft)
      .composite([{ input: fine, blend: 'overlay' }])
      .jpeg({ quality: 95 })
      .toBuffer();
  };
  for (const [part, count] of [
    ['train', perClass],
    ['test', 1],
  ] as const) {
    for (const name of ['one', 'other']) {
      await mkdir(join(folder, part, name), { recursive: true });
      for (let i = 0; i < count; i++) {
        await writeFile(join(folder, part, name, `${i}.jpg`), await photograph());
      }
    }
  }
}
