// Plain float64 loops that the tests compare kernels with.

/** Geometry of a convolution in both directions of use, NHWC. */
export interface ConvCase {
  n: number;
  h: number;
  w: number;
  c: number;
  k: number;
  stride: number;
  oh: number;
  ow: number;
  top: number;
  left: number;
}

/** Calls visit(x index without channel, dy index without channel, tap) for every product. */
export function eachTap(
  { n, h, w, k, stride, oh, ow, top, left }: ConvCase,
  visit: (xPixel: number, outPixel: number, tap: number) => void,
): void {
  for (let image = 0; image < n; image++)
    for (let oy = 0; oy < oh; oy++)
      for (let ox = 0; ox < ow; ox++)
        for (let i = 0; i < k; i++)
          for (let j = 0; j < k; j++) {
            const y = oy * stride - top + i;
            const x = ox * stride - left + j;
            if (y < 0 || x < 0 || y >= h || x >= w) continue;
            visit((image * h + y) * w + x, (image * oh + oy) * ow + ox, i * k + j);
          }
}

const at = (array: ArrayLike<number>, index: number) => array[index] ?? Number.NaN;

export function addAt(array: Float64Array, index: number, value: number): void {
  array[index] = at(array, index) + value;
}

/** a [m, k] . b [k, n], either given transposed. */
export function matMul(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  [m, k, n]: [number, number, number],
  transposeA: boolean,
  transposeB: boolean,
): Float64Array {
  const out = new Float64Array(m * n);
  for (let i = 0; i < m; i++)
    for (let j = 0; j < n; j++)
      for (let s = 0; s < k; s++) {
        const left = at(a, transposeA ? s * m + i : i * k + s);
        addAt(out, i * n + j, left * at(b, transposeB ? j * k + s : s * n + j));
      }
  return out;
}

export interface DepthwiseResult {
  out: Float64Array;
  dx: Float64Array;
  dfilter: Float64Array;
}

/** Depthwise convolution of x, and the gradients for a given dy. */
export function depthwise(
  geometry: ConvCase,
  x: ArrayLike<number>,
  filter: ArrayLike<number>,
  dy: ArrayLike<number>,
): DepthwiseResult {
  const { n, h, w, c, k, oh, ow } = geometry;
  const out = new Float64Array(n * oh * ow * c);
  const dx = new Float64Array(n * h * w * c);
  const dfilter = new Float64Array(k * k * c);
  eachTap(geometry, (xPixel, outPixel, tap) => {
    for (let channel = 0; channel < c; channel++) {
      const xIndex = xPixel * c + channel;
      const outIndex = outPixel * c + channel;
      const tapIndex = tap * c + channel;
      addAt(out, outIndex, at(x, xIndex) * at(filter, tapIndex));
      addAt(dx, xIndex, at(dy, outIndex) * at(filter, tapIndex));
      addAt(dfilter, tapIndex, at(x, xIndex) * at(dy, outIndex));
    }
  });
  return { out, dx, dfilter };
}

/** Full convolution with `oc` output channels, and the gradients for a given dy. */
export function conv(
  geometry: ConvCase,
  oc: number,
  x: ArrayLike<number>,
  filter: ArrayLike<number>,
  dy: ArrayLike<number>,
): DepthwiseResult {
  const { n, h, w, c, k, oh, ow } = geometry;
  const out = new Float64Array(n * oh * ow * oc);
  const dx = new Float64Array(n * h * w * c);
  const dfilter = new Float64Array(k * k * c * oc);
  eachTap(geometry, (xPixel, outPixel, tap) => {
    for (let channel = 0; channel < c; channel++)
      for (let o = 0; o < oc; o++) {
        const xIndex = xPixel * c + channel;
        const outIndex = outPixel * oc + o;
        const tapIndex = (tap * c + channel) * oc + o;
        addAt(out, outIndex, at(x, xIndex) * at(filter, tapIndex));
        addAt(dx, xIndex, at(dy, outIndex) * at(filter, tapIndex));
        addAt(dfilter, tapIndex, at(x, xIndex) * at(dy, outIndex));
      }
  });
  return { out, dx, dfilter };
}

export function activation(z: number, name: string): number {
  if (name === 'swish') return z / (1 + Math.exp(-z));
  if (name === 'hardSwish') return (z * Math.min(Math.max(z + 3, 0), 6)) / 6;
  return name === 'relu' ? Math.max(z, 0) : z;
}

/** Batch normalisation of x [rows, c] with its own statistics, then an activation. */
export function batchNorm(
  x: ArrayLike<number>,
  scale: ArrayLike<number>,
  offset: ArrayLike<number>,
  epsilon: number,
  name: string,
): { y: Float64Array; mean: Float64Array; variance: Float64Array } {
  const c = scale.length;
  const rows = x.length / c;
  const y = new Float64Array(x.length);
  const mean = new Float64Array(c);
  const variance = new Float64Array(c);
  for (let i = 0; i < x.length; i++) addAt(mean, i % c, at(x, i) / rows);
  for (let i = 0; i < x.length; i++) {
    addAt(variance, i % c, (at(x, i) - at(mean, i % c)) ** 2 / rows);
  }
  for (let i = 0; i < x.length; i++) {
    const xhat = (at(x, i) - at(mean, i % c)) / Math.sqrt(at(variance, i % c) + epsilon);
    y[i] = activation(xhat * at(scale, i % c) + at(offset, i % c), name);
  }
  return { y, mean, variance };
}

/** Gradient of sum(weights * f(x)) with respect to x, by central differences. */
export function numericGradient(
  f: (x: Float64Array) => ArrayLike<number>,
  x: ArrayLike<number>,
  weights: ArrayLike<number>,
): Float64Array {
  const step = 1e-5;
  const point = Float64Array.from(x);
  const total = () => {
    const result = f(point);
    let sum = 0;
    for (let i = 0; i < weights.length; i++) sum += at(weights, i) * at(result, i);
    return sum;
  };
  return Float64Array.from(x, (value, i) => {
    point[i] = value + step;
    const above = total();
    point[i] = value - step;
    const below = total();
    point[i] = value;
    return (above - below) / (2 * step);
  });
}
