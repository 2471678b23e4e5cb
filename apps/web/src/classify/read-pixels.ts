import type { Pixels } from './resample.ts';

/**
 * Decodes a picture, turned as its EXIF orientation says, transparent parts laid over white.
 *
 * @throws DOMException where the browser cannot decode it
 */
export async function readPixels(file: Blob): Promise<Pixels> {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
  const { width, height } = picture;
  const canvas = new OffscreenCanvas(width, height);
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  if (pen === null) throw new Error('The browser gives no canvas.');
  pen.fillStyle = '#ffffff';
  pen.fillRect(0, 0, width, height);
  pen.drawImage(picture, 0, 0);
  picture.close();
  return { data: pen.getImageData(0, 0, width, height).data, width, height };
}

/** One image of a sheet on which images of one size lie side by side. */
export function cutOut(
  { data, width }: Pixels,
  { size, columns }: { readonly size: number; readonly columns: number },
  index: number,
): Pixels {
  const left = (index % columns) * size;
  const top = Math.floor(index / columns) * size;
  const part = new Uint8ClampedArray(4 * size * size);
  for (let row = 0; row < size; row++) {
    const from = 4 * ((top + row) * width + left);
    part.set(data.subarray(from, from + 4 * size), 4 * row * size);
  }
  return { data: part, width: size, height: size };
}
