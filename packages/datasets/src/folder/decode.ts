import sharp, { type Metadata, type Sharp } from 'sharp';
import { imageBytes } from '../dataset.ts';
import { plainJpegSize } from './jpeg-size.ts';

/** Refuses pictures that would take hundreds of megabytes to decode. */
const maxInputPixels = 100_000_000;

/** Counts the revisions of `decodeImage`: a stored copy of another revision is not taken for this one's. */
export const decodingVersion = 2;

/** From this size on the border of a picture is left out, as ImageNet's evaluation does. */
const smallestWithBorder = 128;
/** What is left of the shorter side: timm's default `crop_pct`; 224 of 256 pixels. */
const keptShare = 0.875;

/** Pixels, or why there are none. */
export type Decoded =
  | { readonly kind: 'decoded'; readonly pixels: Uint8Array }
  | { readonly kind: 'rejected'; readonly reason: string };

/**
 * Decodes a JPEG, PNG or WebP file to RGB [size, size, 3], 8 bit, sRGB.
 *
 * The picture is turned as its EXIF orientation says, alpha is laid over white, and it is scaled
 * to cover the square and cut to its centre. From 128 pixels on it is scaled to a square larger
 * by 1 / 0.875 (256 for 224), bicubic, before it is cut: the evaluation of DNA and of timm. A
 * picture that has the right size already is not resampled: its pixels are the decoder's. Of an
 * animation the first frame is taken. A file that decodes only in part (a truncated JPEG) is
 * rejected.
 *
 * @throws Error when there is not the memory to decode: that says nothing of the file
 */
export async function decodeImage(file: Uint8Array, size: number): Promise<Decoded> {
  if (file.length === 0) return rejected('the file is empty');
  // The extension is only a claim, and sharp would also open formats that draw or fetch (SVG).
  if (!isPhotograph(file)) return rejected('the content is not JPEG, PNG or WebP');
  const picture = sharp(file, { failOn: 'error', limitInputPixels: maxInputPixels });
  try {
    // Most pictures lie upright and are opaque: asking costs less than turning by nothing.
    const known = plainJpegSize(file);
    const seen: Pick<Metadata, 'width' | 'height' | 'orientation' | 'hasAlpha'> =
      known === null ? await picture.metadata() : { ...known, hasAlpha: false };
    if ((seen.orientation ?? 1) !== 1) picture.autoOrient();
    if (seen.hasAlpha) picture.flatten({ background: '#ffffff' });
    const squared = toSquare(picture, seen, size);
    const pixels = await squared.toColourspace('srgb').raw({ depth: 'uchar' }).toBuffer();
    if (pixels.length === imageBytes(size)) return { kind: 'decoded', pixels };
    return rejected(`decodes to ${pixels.length} bytes instead of ${imageBytes(size)}`);
  } catch (error) {
    if (isOutOfMemory(error)) throw error;
    return rejected(firstLine(error));
  }
}

function toSquare(
  picture: Sharp,
  { width, height }: Pick<Metadata, 'width' | 'height'>,
  size: number,
): Sharp {
  const cover = { fit: 'cover', position: 'centre' } as const;
  if (size < smallestWithBorder) return picture.resize(size, size, cover);
  if (width === size && height === size) return picture;
  // Rounded down, as timm does.
  const scaled = Math.floor(size / keptShare);
  const border = Math.floor((scaled - size) / 2);
  return picture
    .resize(scaled, scaled, { ...cover, kernel: 'cubic' })
    .extract({ left: border, top: border, width: size, height: size });
}

function isPhotograph(file: Uint8Array): boolean {
  const starts = (at: number, ...bytes: number[]) =>
    bytes.every((byte, i) => file[at + i] === byte);
  const isJpeg = starts(0, 0xff, 0xd8, 0xff);
  const isPng = starts(0, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  const isWebp = starts(0, 0x52, 0x49, 0x46, 0x46) && starts(8, 0x57, 0x45, 0x42, 0x50);
  return isJpeg || isPng || isWebp;
}

function rejected(reason: string): Decoded {
  return { kind: 'rejected', reason };
}

/** As libvips, its decoders and V8 word it. */
export function isOutOfMemory(error: unknown): boolean {
  const message = error instanceof Error ? error.message : String(error);
  return /out of memory|unable to (m?alloc|allocate)|cannot allocate|allocation failed/i.test(
    message,
  );
}

function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n')[0] ?? message;
}
