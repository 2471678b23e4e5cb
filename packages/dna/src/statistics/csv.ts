import { DomainError } from '@blockwise/contracts';

/** A line of a table: its number in the file (1 for the first) and its cells. */
export interface CsvLine {
  line: number;
  cells: string[];
}

const separators = [',', ';', '\t'] as const;

/**
 * Splits a table into cells: separated by comma, semicolon or tabulator, whichever its first line
 * holds most of; cells may stand in double quotes (RFC 4180), and may not hold line breaks. Empty
 * lines and lines that begin with `#` are left out.
 *
 * @throws DomainError BAD_INPUT where a quote is not closed, naming the line
 */
export function readCsv(text: string): CsvLine[] {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((content, i) => ({ line: i + 1, content }))
    .filter(({ content }) => content.trim() !== '' && !content.startsWith('#'));
  const first = lines[0]?.content ?? '';
  const separator = separators.reduce((best, one) =>
    first.split(one).length > first.split(best).length ? one : best,
  );
  return lines.map(({ line, content }) => ({ line, cells: cellsOf(content, separator, line) }));
}

function cellsOf(content: string, separator: string, line: number): string[] {
  const cells: string[] = [];
  let cell = '';
  let isQuoted = false;
  for (let i = 0; i < content.length; i++) {
    const character = content[i] ?? '';
    if (isQuoted && character === '"' && content[i + 1] === '"') {
      cell += '"';
      i++;
    } else if (character === '"' && (isQuoted || cell.trim() === '')) {
      isQuoted = !isQuoted;
      if (isQuoted) cell = '';
    } else if (character === separator && !isQuoted) {
      cells.push(cell.trim());
      cell = '';
    } else {
      cell += character;
    }
  }
  if (isQuoted) {
    throw new DomainError('BAD_INPUT', `Line ${line}: a double quote is not closed.`, {
      path: ['table', line],
    });
  }
  return [...cells, cell.trim()];
}
