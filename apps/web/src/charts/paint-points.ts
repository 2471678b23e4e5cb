/** Points of a cloud as columns of one length. */
export interface CloudPoints {
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Which of the colours a point has. */
  readonly group: Uint8Array;
  /** Positions in these columns, in the order of drawing: what comes last lies on top. */
  readonly order: Int32Array;
}

/** Red, green and blue, 0 to 255. */
export type Rgb = readonly [number, number, number];

/** An opaque picture: 32 bits for each pixel as `ImageData` has them on little-endian machines. */
export interface Pixels {
  readonly data: Uint32Array;
  readonly wide: number;
  readonly high: number;
}

/** How a value of an axis becomes a pixel: `scale * value + offset`. */
export interface Placing {
  readonly scale: number;
  readonly offset: number;
}

/** One shade of a disc: where from its middle, and how much of 256 it covers. */
interface Dot {
  readonly dx: Int8Array;
  readonly dy: Int8Array;
  readonly cover: Uint16Array;
}

/**
 * Paints points as soft discs on a picture, pixel by pixel: tens of thousands in a few milliseconds, where
 * a canvas needs a call for each. Points that have no finite place are left out.
 *
 * @param radius in pixels
 * @param opacity 0 to 1: where points lie on each other, the picture gets fuller
 */
export function paintPoints(
  { data, wide, high }: Pixels,
  { x, y, group, order }: CloudPoints,
  [placeX, placeY]: readonly [Placing, Placing],
  colours: readonly Rgb[],
  radius: number,
  opacity: number,
): void {
  const { dx, dy, cover } = disc(radius, opacity);
  const reach = Math.ceil(radius);
  const length = dx.length;
  for (let i = 0; i < order.length; i++) {
    const at = order[i] as number;
    const px = Math.round((x[at] as number) * placeX.scale + placeX.offset);
    const py = Math.round((y[at] as number) * placeY.scale + placeY.offset);
    // Also false for what is no number.
    if (!(px >= -reach && px < wide + reach && py >= -reach && py < high + reach)) continue;
    const [red, green, blue] = colours[group[at] as number] ?? black;
    const isInside = px >= reach && px < wide - reach && py >= reach && py < high - reach;
    const middle = py * wide + px;
    for (let j = 0; j < length; j++) {
      const ox = dx[j] as number;
      const oy = dy[j] as number;
      if (!isInside) {
        if (px + ox < 0 || px + ox >= wide || py + oy < 0 || py + oy >= high) continue;
      }
      const to = middle + oy * wide + ox;
      const share = cover[j] as number;
      const under = data[to] as number;
      const r = under & 255;
      const g = (under >> 8) & 255;
      const b = (under >> 16) & 255;
      data[to] =
        0xff000000 |
        ((b + (((blue - b) * share) >> 8)) << 16) |
        ((g + (((green - g) * share) >> 8)) << 8) |
        (r + (((red - r) * share) >> 8));
    }
  }
}

const black: Rgb = [0, 0, 0];

/** The pixels of a disc, its edge softened. */
function disc(radius: number, opacity: number): Dot {
  const reach = Math.ceil(radius);
  const found: [number, number, number][] = [];
  for (let y = -reach; y <= reach; y++) {
    for (let x = -reach; x <= reach; x++) {
      const cover = Math.min(1, Math.max(0, radius + 0.5 - Math.hypot(x, y)));
      const share = Math.round(256 * cover * opacity);
      if (share > 0) found.push([x, y, share]);
    }
  }
  return {
    dx: Int8Array.from(found, ([x]) => x),
    dy: Int8Array.from(found, ([, y]) => y),
    cover: Uint16Array.from(found, ([, , share]) => share),
  };
}

/** Fills a picture with one colour. */
export function fillPixels({ data }: Pixels, [red, green, blue]: Rgb): void {
  data.fill((0xff000000 | (blue << 16) | (green << 8) | red) >>> 0);
}

/** Draws lines of one pixel: upright at some columns, level at some rows. */
export function ruleLines(
  { data, wide, high }: Pixels,
  columns: readonly number[],
  rows: readonly number[],
  [red, green, blue]: Rgb,
): void {
  const colour = (0xff000000 | (blue << 16) | (green << 8) | red) >>> 0;
  for (const column of columns.map(Math.round)) {
    if (column < 0 || column >= wide) continue;
    for (let to = column; to < data.length; to += wide) data[to] = colour;
  }
  for (const row of rows.map(Math.round)) {
    if (row >= 0 && row < high) data.fill(colour, row * wide, (row + 1) * wide);
  }
}

/** `rgb(0 114 178)`, `rgb(0, 114, 178)` or `#0072b2` as numbers. */
export function parseRgb(colour: string): Rgb {
  const hex = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(colour);
  const parts = hex
    ? hex.slice(1).map((part) => Number.parseInt(part, 16))
    : (colour.match(/[\d.]+/g) ?? []).map(Number);
  const [red = 0, green = 0, blue = 0] = parts;
  return [red, green, blue];
}
