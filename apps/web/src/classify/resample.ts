/** Pixels as a canvas has them: red, green, blue, alpha, 0 to 255, row by row. */
export interface Pixels {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

/** A kernel over distances in pixels, nothing beyond its reach. */
interface Kernel {
  readonly reach: number;
  readonly at: (distance: number) => number;
}

/** Catmull and Rom's cubic, as libvips has it. */
const cubic: Kernel = {
  reach: 2,
  at: (distance) => {
    const x = Math.abs(distance);
    if (x < 1) return 1.5 * x ** 3 - 2.5 * x ** 2 + 1;
    return x < 2 ? -0.5 * x ** 3 + 2.5 * x ** 2 - 4 * x + 2 : 0;
  },
};

const lanczos3: Kernel = {
  reach: 3,
  at: (x) => (x === 0 ? 1 : Math.abs(x) < 3 ? sinc(x) * sinc(x / 3) : 0),
};

function sinc(x: number): number {
  return Math.sin(Math.PI * x) / (Math.PI * x);
}

/** From this size on the border of a picture is left out, as ImageNet's evaluation does. */
const smallestWithBorder = 128;
/** What is then left of the shorter side. */
const keptShare = 0.875;

/**
 * Scales a picture to cover a square of `size` pixels and cuts its centre out, as the platform does with
 * the images of a data set: by Lanczos' kernel below 128 pixels; from there on by a cubic one to 1 / 0.875
 * of the size, the border then cut off. A picture that has the size already is not resampled.
 *
 * @returns [size, size, 3], 0 to 255
 */
export function toSquare(picture: Pixels, size: number): Uint8ClampedArray {
  const hasBorder = size >= smallestWithBorder;
  if (picture.width === size && picture.height === size) return withoutAlpha(picture);
  const scaled = hasBorder ? Math.floor(size / keptShare) : size;
  const border = Math.floor((scaled - size) / 2);
  const scale = scaled / Math.min(picture.width, picture.height);
  const width = Math.round(picture.width * scale);
  const height = Math.round(picture.height * scale);
  // Enlarged, every kernel is the cubic one.
  const kernel = hasBorder || scale > 1 ? cubic : lanczos3;
  const start = (side: number) => Math.floor((side - scaled + 1) / 2) + border;
  const across = weightsOf(picture.width, width, start(width), size, scale, kernel);
  const down = weightsOf(picture.height, height, start(height), size, scale, kernel);
  return resample(picture, across, down, size);
}

/** Which pixels of a line make one of the new line, and how much of each. */
interface Taps {
  readonly first: number;
  readonly weights: readonly number[];
}

function weightsOf(
  from: number,
  to: number,
  start: number,
  count: number,
  scale: number,
  { reach, at }: Kernel,
): Taps[] {
  const shrink = Math.max(1, 1 / scale);
  // A side that is not whole when it is scaled loses as much on either end.
  const rest = scale > 1 ? 0 : (from - to / scale) / 2;
  // Enlarged, libvips measures from the corner of a new pixel.
  const half = scale > 1 ? 0 : 0.5;
  return Array.from({ length: count }, (_, index) => {
    const centre = (start + index + half) / scale - 0.5 + rest;
    const low = Math.ceil(centre - reach * shrink);
    const high = Math.floor(centre + reach * shrink);
    const first = Math.max(0, low);
    const weights = new Array<number>(Math.min(from - 1, high) - first + 1).fill(0);
    // What would lie outside is the outermost pixel.
    for (let position = low; position <= high; position++) {
      const inside = Math.min(from - 1, Math.max(0, position)) - first;
      weights[inside] = (weights[inside] ?? 0) + at((position - centre) / shrink);
    }
    const sum = weights.reduce((a, b) => a + b, 0);
    return { first, weights: weights.map((weight) => weight / sum) };
  });
}

/** Lines first, then columns, with whole numbers between them, as libvips does it. */
function resample(
  { data, width }: Pixels,
  across: readonly Taps[],
  down: readonly Taps[],
  size: number,
): Uint8ClampedArray {
  const firstRow = Math.min(...down.map(({ first }) => first));
  const endRow = Math.max(...down.map(({ first, weights }) => first + weights.length));
  const rows = new Uint8ClampedArray((endRow - firstRow) * size * 3);
  for (let row = firstRow; row < endRow; row++) {
    for (const [x, { first, weights }] of across.entries()) {
      for (let channel = 0; channel < 3; channel++) {
        let sum = 0;
        for (let tap = 0; tap < weights.length; tap++) {
          sum += (weights[tap] ?? 0) * (data[4 * (row * width + first + tap) + channel] ?? 0);
        }
        rows[3 * ((row - firstRow) * size + x) + channel] = sum;
      }
    }
  }
  const square = new Uint8ClampedArray(size * size * 3);
  for (const [y, { first, weights }] of down.entries()) {
    for (let at = 0; at < 3 * size; at++) {
      let sum = 0;
      for (let tap = 0; tap < weights.length; tap++) {
        sum += (weights[tap] ?? 0) * (rows[3 * size * (first - firstRow + tap) + at] ?? 0);
      }
      square[3 * size * y + at] = sum;
    }
  }
  return square;
}

function withoutAlpha({ data, width, height }: Pixels): Uint8ClampedArray {
  const plain = new Uint8ClampedArray(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let channel = 0; channel < 3; channel++) {
      plain[3 * pixel + channel] = data[4 * pixel + channel] ?? 0;
    }
  }
  return plain;
}
