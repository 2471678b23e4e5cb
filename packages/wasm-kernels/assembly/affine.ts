import { activate } from './activation';
import { loadLanes, multiplyAdd, storeLanes } from './lanes';

/** y = activation(x * scale + offset), row by row. */
@inline
function affineRows(
  x: usize,
  scale: usize,
  offset: usize,
  y: usize,
  rows: i32,
  c: i32,
  activation: i32,
): void {
  const rowBytes = <usize>c << 2;
  const whole = rowBytes & ~15;
  const lanes = c & 3;
  for (let row = 0; row < rows; ++row) {
    for (let o: usize = 0; o < whole; o += 16) {
      const z = multiplyAdd(v128.load(offset + o), v128.load(x + o), v128.load(scale + o));
      v128.store(y + o, activate(z, activation));
    }
    if (lanes) {
      const value = loadLanes(x + whole, lanes);
      const z = multiplyAdd(loadLanes(offset + whole, lanes), value, loadLanes(scale + whole, lanes));
      storeLanes(y + whole, activate(z, activation), lanes);
    }
    x += rowBytes;
    y += rowBytes;
  }
}

/** y = activation(x * scale + offset): batch normalisation with fixed statistics, folded. */
export function affineActivation(
  x: usize,
  scale: usize,
  offset: usize,
  y: usize,
  rows: i32,
  c: i32,
  activation: i32,
): void {
  if (activation == 2) affineRows(x, scale, offset, y, rows, c, 2);
  else if (activation == 3) affineRows(x, scale, offset, y, rows, c, 3);
  else if (activation == 1) affineRows(x, scale, offset, y, rows, c, 1);
  else affineRows(x, scale, offset, y, rows, c, 0);
}
