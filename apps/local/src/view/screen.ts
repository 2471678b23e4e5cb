import type { SearchDetail } from '@blockwise/client';
import { formatRow } from './bar.ts';
import { drawSearch } from './picture.ts';
import { type Row, searchRows } from './rows.ts';

/** Where a running search is shown. */
export interface Screen {
  show(search: SearchDetail, losses: ReadonlyMap<string, number>): void;
  /** A line that stays, above what is redrawn. */
  say(line: string): void;
}

/** The part of a terminal that is used here; `process.stdout` is one. */
export interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
  write(text: string): unknown;
}

/** Redraws in place on a terminal; elsewhere prints what changed, at intervals. */
export function createScreen(output: Output, now: () => number = Date.now): Screen {
  return output.isTTY ? createLiveScreen(output, now) : createPlainScreen(output, now);
}

function createLiveScreen(output: Output, now: () => number): Screen {
  let drawn: readonly string[] = [];
  const clear = () => (drawn.length === 0 ? '' : `\x1b[${drawn.length}A\r\x1b[J`);
  const draw = (before: string) => {
    output.write(`${before}${drawn.map((line) => `${line}\n`).join('')}`);
  };
  return {
    show(search, losses) {
      const before = clear();
      // One column is left free: some terminals wrap as soon as the last one is written.
      const columns = (output.columns ?? 80) - 1;
      drawn = drawSearch(search, losses, { columns, lines: output.rows ?? 24, now: now() });
      draw(before);
    },
    say(line) {
      draw(`${clear()}${line}\n`);
    },
  };
}

const plainIntervalSeconds = 10;

function createPlainScreen(output: Output, now: () => number): Screen {
  const printed = new Map<string, Row['state']>();
  let lastMilliseconds = Number.NEGATIVE_INFINITY;
  return {
    show(search, losses) {
      const rows = searchRows(search, losses, now());
      const due = now() - lastMilliseconds >= plainIntervalSeconds * 1000;
      let phase = '';
      for (const row of rows) {
        if (row.depth === 0) phase = row.name;
        const key = row.depth === 0 ? row.name : `${phase} ${row.name}`;
        const ended = printed.get(key) !== row.state && isEnd(row.state);
        if (ended || (due && row.state === 'RUNNING')) {
          output.write(`${formatRow({ ...row, name: key, depth: 0 }, 160)}\n`);
        }
        printed.set(key, row.state);
      }
      if (due) lastMilliseconds = now();
    },
    say(line) {
      output.write(`${line}\n`);
    },
  };
}

function isEnd(state: Row['state']): boolean {
  return state === 'COMPLETE' || state === 'FAILED' || state === 'CANCELLED';
}
