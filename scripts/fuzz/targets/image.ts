import sharp from 'sharp';
import { decodeImage } from '../../../packages/datasets/src/folder/decode.ts';
import { mutateBytes, oneOf } from '../mutate.ts';
import type { Target } from '../target.ts';

const size = 16;

/** Files of images: each gives pixels of the right count, or a reason why not. */
export async function openImage(): Promise<Target> {
  const noise = Uint8Array.from({ length: 24 * 20 * 3 }, (_, i) => (i * 7919) % 251);
  const picture = () => sharp(noise, { raw: { width: 24, height: 20, channels: 3 } });
  const files = await Promise.all([
    picture().jpeg().toBuffer(),
    picture().jpeg({ progressive: true }).withMetadata({ orientation: 6 }).toBuffer(),
    picture().png().toBuffer(),
    picture().ensureAlpha(0.5).png({ palette: true }).toBuffer(),
    picture().webp().toBuffer(),
    picture().webp({ lossless: true }).toBuffer(),
    Promise.resolve(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')),
  ]);
  return {
    async feed(random, show) {
      const bytes = mutateBytes(oneOf(random, files), random);
      show(bytes);
      const decoded = await decodeImage(bytes, size);
      if (decoded.kind === 'rejected') {
        if (decoded.reason === '') throw new Error('rejected without a reason');
        return 'refused';
      }
      if (decoded.pixels.length !== size * size * 3) throw new Error('pixels of another size');
      return 'taken';
    },
  };
}
