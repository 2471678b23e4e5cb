import { imageBytes } from '../dataset.ts';

/** An image that is being changed. Both buffers are [size, size, 3]; ops that cannot work in place swap them. */
export interface Canvas {
  readonly size: number;
  /** The image as it is now. */
  pixels: Uint8Array;
  /** Of no meaning between ops. */
  spare: Uint8Array;
}

export function createCanvas(size: number): Canvas {
  const bytes = imageBytes(size);
  return { size, pixels: new Uint8Array(bytes), spare: new Uint8Array(bytes) };
}

/** Lets `write` put the changed image into the spare buffer, which then is the image. */
export function repaint(canvas: Canvas, write: (from: Uint8Array, to: Uint8Array) => void): void {
  const { pixels, spare } = canvas;
  write(pixels, spare);
  canvas.pixels = spare;
  canvas.spare = pixels;
}
