import { loadLanes, zero } from './lanes';

/**
 * Copies `depth` rows of a matrix, from row `first`, into panels of `width` (4 or 8) columns:
 * [panel][depth][width], zero-filled past the last of `n` columns.
 * The matrix is [k, n] in memory, or [n, k] when transposed.
 */
export function packColumns(
  source: usize,
  panels: usize,
  n: i32,
  first: i32,
  depth: i32,
  k: i32,
  transposed: bool,
  width: i32,
): void {
  if (transposed) packTransposed(source, panels, n, first, depth, k, width);
  else if (width == 8) packPlain(source + ((<usize>first * <usize>n) << 2), panels, n, depth, 8);
  else packPlain(source + ((<usize>first * <usize>n) << 2), panels, n, depth, 4);
}

@inline
function packPlain(source: usize, panels: usize, n: i32, depth: i32, width: i32): void {
  const rowBytes = <usize>n << 2;
  const stepBytes = <usize>width << 2;
  const panelBytes = <usize>depth * stepBytes;
  for (let row = 0; row < depth; ++row) {
    let from = source;
    let to = panels;
    let column = 0;
    for (; column + width <= n; column += width) {
      v128.store(to, v128.load(from));
      if (width == 8) v128.store(to, v128.load(from, 16), 16);
      from += stepBytes;
      to += panelBytes;
    }
    const rest = n - column;
    if (rest > 0) {
      if (width == 8) {
        v128.store(to, loadLanes(from, min(rest, 4)));
        v128.store(to, rest > 4 ? loadLanes(from + 16, rest - 4) : zero(), 16);
      } else {
        v128.store(to, loadLanes(from, rest));
      }
    }
    source += rowBytes;
    panels += stepBytes;
  }
}

function packTransposed(
  source: usize,
  panels: usize,
  n: i32,
  first: i32,
  depth: i32,
  k: i32,
  width: i32,
): void {
  const stepBytes = <usize>width << 2;
  const panelBytes = <usize>depth * stepBytes;
  const padded = ((n + width - 1) / width) * width;
  for (let column = 0; column < padded; ++column) {
    let to = panels + <usize>(column / width) * panelBytes + (<usize>(column % width) << 2);
    if (column < n) {
      let from = source + ((<usize>column * <usize>k + <usize>first) << 2);
      for (let row = 0; row < depth; ++row) {
        store<f32>(to, load<f32>(from));
        from += 4;
        to += stepBytes;
      }
    } else {
      for (let row = 0; row < depth; ++row) {
        store<f32>(to, 0);
        to += stepBytes;
      }
    }
  }
}

/**
 * Copies an image [h, w, c] into zero-bordered planes of four channels, [ceil(c / 4)][row][column][4],
 * with its first pixel at (top, left). Pixels past planeHeight or planeWidth are left out; the border
 * must be zero already.
 */
export function packPlanes(
  image: usize,
  planes: usize,
  h: i32,
  w: i32,
  c: i32,
  planeHeight: i32,
  planeWidth: i32,
  planeBytes: usize,
  top: i32,
  left: i32,
): void {
  const rows = min(h, planeHeight - top);
  const columns = min(w, planeWidth - left);
  const pixelBytes = <usize>c << 2;
  const whole = pixelBytes & ~15;
  const lanes = c & 3;
  for (let row = 0; row < rows; ++row) {
    let from = image + <usize>(row * w) * pixelBytes;
    let to = planes + (<usize>((row + top) * planeWidth + left) << 4);
    for (let column = 0; column < columns; ++column) {
      let plane = to;
      for (let o: usize = 0; o < whole; o += 16) {
        v128.store(plane, v128.load(from + o));
        plane += planeBytes;
      }
      if (lanes) v128.store(plane, loadLanes(from + whole, lanes));
      from += pixelBytes;
      to += 16;
    }
  }
}

/**
 * Copies the taps (firstRow + i * step, firstColumn + j * step), i < rows, j < columns, of a
 * depthwise filter [kh, kw, c] into [ceil(c / 4)][rows][columns][4]; in reverse order when flipped.
 */
export function packFilter(
  filter: usize,
  packed: usize,
  c: i32,
  kw: i32,
  firstRow: i32,
  firstColumn: i32,
  step: i32,
  rows: i32,
  columns: i32,
  flipped: bool,
): void {
  for (let channel = 0; channel < c; channel += 4) {
    const lanes = min(4, c - channel);
    for (let i = 0; i < rows; ++i) {
      for (let j = 0; j < columns; ++j) {
        const row = firstRow + (flipped ? rows - 1 - i : i) * step;
        const column = firstColumn + (flipped ? columns - 1 - j : j) * step;
        const address = filter + (<usize>((row * kw + column) * c + channel) << 2);
        v128.store(packed, loadLanes(address, lanes));
        packed += 16;
      }
    }
  }
}
