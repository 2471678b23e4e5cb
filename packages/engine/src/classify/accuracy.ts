/** The class of the greatest value in each row of `logits` [count, classes]; of equals the first. */
export function guessesOf(logits: Float32Array, count: number): Uint32Array {
  const classes = logits.length / count;
  return Uint32Array.from({ length: count }, (_, row) => {
    const values = logits.subarray(row * classes, (row + 1) * classes);
    return values.reduce((at, value, i) => (value > (values[at] ?? value) ? i : at), 0);
  });
}

/** How many rows of `logits` [labels.length, classes] have their greatest value at the label. */
export function countCorrect(logits: Float32Array, labels: ArrayLike<number>): number {
  const guesses = guessesOf(logits, labels.length);
  return guesses.filter((guess, row) => guess === labels[row]).length;
}
