import type { DrawnLayer } from './read-architecture.ts';

/** Where a picture puts a layer, in pixels. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The least share of its height that a slab keeps for maps of one pixel. */
const leastShare = 0.22;

/** How high maps of `size` pixels a side are drawn, as a share; by powers of two. */
export function sizeShare(size: number, largest: number): number {
  const share = Math.log2(Math.max(1, size)) / Math.max(1, Math.log2(largest));
  return leastShare + (1 - leastShare) * Math.min(1, share);
}

/** A slab that is as high on the left as what enters and on the right as what leaves, as SVG points. */
export function slabPoints(
  { x, y, width, height }: Place,
  { inSize, outSize }: Pick<DrawnLayer, 'inSize' | 'outSize'>,
  largest: number,
): string {
  const middle = y + height / 2;
  const enters = (height * sizeShare(inSize, largest)) / 2;
  const leaves = (height * sizeShare(outSize, largest)) / 2;
  const corners = [
    [x, middle - enters],
    [x + width, middle - leaves],
    [x + width, middle + leaves],
    [x, middle + enters],
  ];
  return corners.map(([left = 0, top = 0]) => `${left.toFixed(1)},${top.toFixed(1)}`).join(' ');
}

/** How dark a kernel is drawn, percent of the accent colour. */
export function kernelShade(kernel: number): number {
  return Math.min(50, 10 + 6.5 * (kernel - 1));
}
