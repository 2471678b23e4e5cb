// Matrix products on packed panels.
// B is repacked into panels of eight columns, [panel][k][8], zero-filled past the last column, so
// that the inner loops read it in sequence; A is read in place when it is not transposed.

import { loadLanes, multiplyAdd, storeLanes, zero } from './lanes';
import { packColumns } from './pack';

/** Rows of A worked on with one panel of B before the next panel: keeps both in near caches. */
const ROW_BLOCK: i32 = 64;

/** Summed columns of A worked on at a time: four rows of A and a panel of B fit the nearest cache. */
const ROW_DEPTH: i32 = 384;

/** Rows of a transposed A (the summed dimension) packed at a time. */
const DEPTH_BLOCK: i32 = 64;

@inline
function storePair(c: usize, low: v128, high: v128, columns: i32): void {
  if (columns == 8) {
    v128.store(c, low);
    v128.store(c, high, 16);
  } else if (columns >= 4) {
    v128.store(c, low);
    if (columns > 4) storeLanes(c + 16, high, columns - 4);
  } else {
    storeLanes(c, low, columns);
  }
}

@inline
function finishPair(c: usize, low: v128, high: v128, columns: i32, accumulate: bool): void {
  if (accumulate) {
    low = f32x4.add(low, loadLanes(c, min(columns, 4)));
    if (columns > 4) high = f32x4.add(high, loadLanes(c + 16, columns - 4));
  }
  storePair(c, low, high, columns);
}

/**
 * Four rows times one panel: c[0..3][0..columns) = a[0..3][0..k) . panel[0..k)[0..8), added to what
 * is there when `accumulate`.
 * One step of k per iteration, on purpose: V8 moves the loads of a block to its start, and the six
 * of one step plus eight accumulators just fit the registers. Unrolled twice, a third is lost to
 * spills.
 */
function rows4(
  a: usize,
  aRow: usize,
  panel: usize,
  c: usize,
  cRow: usize,
  k: i32,
  columns: i32,
  accumulate: bool,
): void {
  let a0 = a;
  let a1 = a0 + aRow;
  let a2 = a1 + aRow;
  let a3 = a2 + aRow;
  let c00 = zero();
  let c01 = zero();
  let c10 = zero();
  let c11 = zero();
  let c20 = zero();
  let c21 = zero();
  let c30 = zero();
  let c31 = zero();
  let b0: v128;
  let b1: v128;
  let value: v128;
  const end = panel + (<usize>k << 5);
  for (; panel < end; panel += 32) {
    b0 = v128.load(panel, 0);
    b1 = v128.load(panel, 16);
    value = v128.load32_splat(a0, 0);
    c00 = multiplyAdd(c00, value, b0);
    c01 = multiplyAdd(c01, value, b1);
    value = v128.load32_splat(a1, 0);
    c10 = multiplyAdd(c10, value, b0);
    c11 = multiplyAdd(c11, value, b1);
    value = v128.load32_splat(a2, 0);
    c20 = multiplyAdd(c20, value, b0);
    c21 = multiplyAdd(c21, value, b1);
    value = v128.load32_splat(a3, 0);
    c30 = multiplyAdd(c30, value, b0);
    c31 = multiplyAdd(c31, value, b1);
    a0 += 4;
    a1 += 4;
    a2 += 4;
    a3 += 4;
  }
  finishPair(c, c00, c01, columns, accumulate);
  finishPair(c + cRow, c10, c11, columns, accumulate);
  finishPair(c + cRow * 2, c20, c21, columns, accumulate);
  finishPair(c + cRow * 3, c30, c31, columns, accumulate);
}

/** The same for a single row, for the rows left over. */
function rows1(a: usize, panel: usize, c: usize, k: i32, columns: i32, accumulate: bool): void {
  let low = zero();
  let high = zero();
  for (let step = 0; step < k; ++step) {
    const value = v128.load32_splat(a);
    low = multiplyAdd(low, value, v128.load(panel));
    high = multiplyAdd(high, value, v128.load(panel, 16));
    a += 4;
    panel += 32;
  }
  finishPair(c, low, high, columns, accumulate);
}

/**
 * Four columns of A times one panel of B, both packed: rows x columns of c, added to what is
 * there when `accumulate`. Not unrolled, as in rows4.
 */
function columns4(
  aPanel: usize,
  bPanel: usize,
  c: usize,
  cRow: usize,
  k: i32,
  rows: i32,
  columns: i32,
  accumulate: bool,
): void {
  let c00 = zero();
  let c01 = zero();
  let c10 = zero();
  let c11 = zero();
  let c20 = zero();
  let c21 = zero();
  let c30 = zero();
  let c31 = zero();
  let b0: v128;
  let b1: v128;
  let value: v128;
  const end = bPanel + (<usize>k << 5);
  for (; bPanel < end; bPanel += 32) {
    b0 = v128.load(bPanel, 0);
    b1 = v128.load(bPanel, 16);
    value = v128.load32_splat(aPanel, 0);
    c00 = multiplyAdd(c00, value, b0);
    c01 = multiplyAdd(c01, value, b1);
    value = v128.load32_splat(aPanel, 4);
    c10 = multiplyAdd(c10, value, b0);
    c11 = multiplyAdd(c11, value, b1);
    value = v128.load32_splat(aPanel, 8);
    c20 = multiplyAdd(c20, value, b0);
    c21 = multiplyAdd(c21, value, b1);
    value = v128.load32_splat(aPanel, 12);
    c30 = multiplyAdd(c30, value, b0);
    c31 = multiplyAdd(c31, value, b1);
    aPanel += 16;
  }
  finishPair(c, c00, c01, columns, accumulate);
  if (rows > 1) finishPair(c + cRow, c10, c11, columns, accumulate);
  if (rows > 2) finishPair(c + cRow * 2, c20, c21, columns, accumulate);
  if (rows > 3) finishPair(c + cRow * 3, c30, c31, columns, accumulate);
}

/** c [m, n] = a [m, k] . B, with B [k, n] packed in panels of eight columns. */
export function multiplyRows(a: usize, panels: usize, c: usize, m: i32, n: i32, k: i32): void {
  const aRow = <usize>k << 2;
  const cRow = <usize>n << 2;
  const panelBytes = <usize>k << 5;
  for (let first = 0; first < m; first += ROW_BLOCK) {
    const end = min(first + ROW_BLOCK, m);
    for (let from = 0; from < k; from += ROW_DEPTH) {
      const depth = min(ROW_DEPTH, k - from);
      let panel = panels + (<usize>from << 5);
      for (let column = 0; column < n; column += 8) {
        const columns = min(8, n - column);
        let row = first;
        let aAddress = a + <usize>row * aRow + (<usize>from << 2);
        let cAddress = c + <usize>row * cRow + (<usize>column << 2);
        for (; row + 4 <= end; row += 4) {
          rows4(aAddress, aRow, panel, cAddress, cRow, depth, columns, from > 0);
          aAddress += aRow << 2;
          cAddress += cRow << 2;
        }
        for (; row < end; ++row) {
          rows1(aAddress, panel, cAddress, depth, columns, from > 0);
          aAddress += aRow;
          cAddress += cRow;
        }
        panel += panelBytes;
      }
    }
  }
}

/**
 * c [m, n] = a [m, k] . B, with B given as b [k, n], or as b [n, k] when transposeB.
 * `scratch` holds ceil(n / 8) * 8 * k floats.
 */
export function matMulRows(
  a: usize,
  b: usize,
  c: usize,
  m: i32,
  n: i32,
  k: i32,
  transposeB: bool,
  scratch: usize,
): void {
  packColumns(b, scratch, n, 0, k, k, transposeB, 8);
  multiplyRows(a, scratch, c, m, n, k);
}

/**
 * c [m, n] (+)= packed A panels . packed B panels over `depth` summed rows. The side with fewer
 * panels goes round in the inner loop, where it stays in the nearest cache.
 */
export function multiplyPanels(
  aPanels: usize,
  bPanels: usize,
  c: usize,
  m: i32,
  n: i32,
  depth: i32,
  accumulate: bool,
): void {
  const cRow = <usize>n << 2;
  const aPanelBytes = <usize>depth << 4;
  const bPanelBytes = <usize>depth << 5;
  if (m > n) {
    for (let row = 0; row < m; row += 4) {
      let bPanel = bPanels;
      for (let column = 0; column < n; column += 8) {
        const cAddress = c + <usize>row * cRow + (<usize>column << 2);
        columns4(aPanels, bPanel, cAddress, cRow, depth, min(4, m - row), min(8, n - column), accumulate);
        bPanel += bPanelBytes;
      }
      aPanels += aPanelBytes;
    }
    return;
  }
  for (let column = 0; column < n; column += 8) {
    let aPanel = aPanels;
    for (let row = 0; row < m; row += 4) {
      const cAddress = c + <usize>row * cRow + (<usize>column << 2);
      columns4(aPanel, bPanels, cAddress, cRow, depth, min(4, m - row), min(8, n - column), accumulate);
      aPanel += aPanelBytes;
    }
    bPanels += bPanelBytes;
  }
}

/**
 * c [m, n] = transpose(a) . B with a [k, m], and B as in matMulRows.
 * `scratch` holds (ceil(m / 4) * 4 + ceil(n / 8) * 8) * 64 floats.
 */
export function matMulColumns(
  a: usize,
  b: usize,
  c: usize,
  m: i32,
  n: i32,
  k: i32,
  transposeB: bool,
  scratch: usize,
): void {
  const bPanels = scratch + <usize>(((m + 3) & ~3) * DEPTH_BLOCK) * 4;
  // Blocks of one size: a short last one would cost as much to add up as a whole one.
  const blocks = (k + DEPTH_BLOCK - 1) / DEPTH_BLOCK;
  const block = (k + blocks - 1) / blocks;
  for (let first = 0; first < k; first += block) {
    const depth = min(block, k - first);
    packColumns(a, scratch, m, first, depth, k, false, 4);
    packColumns(b, bPanels, n, first, depth, k, transposeB, 8);
    multiplyPanels(scratch, bPanels, c, m, n, depth, first > 0);
  }
}
