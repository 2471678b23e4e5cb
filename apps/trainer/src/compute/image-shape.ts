/** Red, green, blue. */
export const imageChannels = 3;

/** How many numbers an image [size, size, 3] has. */
export function imageValues(size: number): number {
  return size * size * imageChannels;
}
