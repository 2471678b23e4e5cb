/** How many rows of `logits` [labels.length, classes] have their greatest value at the label. */
export function countCorrect(
  logits: Float32Array,
  labels: ArrayLike<number>,
  classes: number,
): number {
  let correct = 0;
  for (let row = 0; row < labels.length; row++) {
    const values = logits.subarray(row * classes, (row + 1) * classes);
    const best = values.reduce((at, value, i) => (value > (values[at] ?? value) ? i : at), 0);
    if (best === labels[row]) correct += 1;
  }
  return correct;
}
