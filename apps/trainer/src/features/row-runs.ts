/** Rows that follow one another, where they stand in the question. */
export interface RowRun {
  /** Positions `from` to `to` (exclusive). */
  readonly from: number;
  readonly to: number;
  /** The row at `from`. */
  readonly first: number;
}

/** A list of rows in runs of neighbours, which a file holds side by side. */
export function* rowRuns(rows: ArrayLike<number>): Generator<RowRun> {
  for (let from = 0; from < rows.length; ) {
    const first = rows[from] as number;
    let to = from + 1;
    while (to < rows.length && rows[to] === first + to - from) to++;
    yield { from, to, first };
    from = to;
  }
}
