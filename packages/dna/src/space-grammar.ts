import { need, readFields, strideOf } from './fields.ts';
import { printLayer, printOp, readOp } from './layer-grammar.ts';
import { printHead, readHead, readSection } from './network-grammar.ts';
import { endOf, slice, split, syntaxError, type Word, wholeText, wordsOf } from './syntax.ts';
import type { CellTemplate, Op, SearchSpace } from './types.ts';

/** Paths are written with one base-36 digit for each layer. */
const mostOps = 36;
/** Every path of a cell is rated, so a cell with more could never be finished. */
const mostPaths = 2_097_152;

const statementKinds = 'a statement: stem, ops, block or head';

/**
 * Reads a search space: statements separated by new lines or `;`, comments from `#` to the end of
 * the line. `stem`, `ops` and `head` come once, `block` once for each block, in order.
 *
 * @throws DomainError SPACE_SYNTAX naming the word, its position and what was expected
 */
export function parseSpace(text: string): SearchSpace {
  const whole = wholeText(text);
  let stem: SearchSpace['stem'] | undefined;
  let ops: Op[] | undefined;
  let head: SearchSpace['head'] | undefined;
  const cellWords: Word[][] = [];

  for (const { keyword, body } of statementsOf(whole)) {
    switch (keyword.text) {
      case 'stem':
        refuseSecond(stem, keyword);
        stem = readSection(body, 'the layers of the stem');
        break;
      case 'ops':
        refuseSecond(ops, keyword);
        ops = readOps(body);
        break;
      case 'block':
        cellWords.push(wordsOrError(body, 'the cells of the block, as in n2_c24_s2'));
        break;
      case 'head':
        refuseSecond(head, keyword);
        head = readHead(body);
        break;
      default:
        throw syntaxError(keyword, statementKinds);
    }
  }
  const missing = (kind: string) => syntaxError(endOf(whole), `also a statement "${kind} ..."`);
  if (stem === undefined) throw missing('stem');
  if (ops === undefined) throw missing('ops');
  if (cellWords.length === 0) throw missing('block');
  if (head === undefined) throw missing('head');
  const opCount = ops.length;
  return { stem, ops, blocks: cellWords.map((words) => readBlock(words, opCount)), head };
}

/** The canonical text of a space: one statement a line, in the order stem, ops, blocks, head. */
export function printSpace(space: SearchSpace): string {
  return [
    `stem ${space.stem.map(printLayer).join(' ')}`,
    `ops ${space.ops.map(printOp).join(' ')}`,
    ...space.blocks.map((block) => `block ${block.cells.map(printCell).join(' ')}`),
    `head ${printHead(space.head)}`,
  ].join('\n');
}

/** The canonical text of a cell: `n2_c24_s2`. */
export function printCell(cell: CellTemplate): string {
  return `n${cell.layers}_c${cell.channels}_s${cell.stride}`;
}

function statementsOf(whole: Word): { keyword: Word; body: Word }[] {
  const statements: { keyword: Word; body: Word }[] = [];
  for (const line of split(whole, /\r?\n/g)) {
    const comment = line.text.indexOf('#');
    const code = comment === -1 ? line : slice(line, 0, comment);
    for (const phrase of split(code, /;/g)) {
      const [keyword] = wordsOf(phrase);
      if (keyword === undefined) continue;
      const start = keyword.offset + keyword.text.length - phrase.offset;
      statements.push({ keyword, body: slice(phrase, start, phrase.text.length) });
    }
  }
  return statements;
}

function wordsOrError(body: Word, expected: string): Word[] {
  const words = wordsOf(body);
  if (words.length === 0) {
    throw syntaxError(body, expected);
  }
  return words;
}

function readOps(body: Word): Op[] {
  const words = wordsOrError(body, 'the candidate operations, as in ir_k5_e6_se0.25');
  const excess = words[mostOps];
  if (excess !== undefined) {
    throw syntaxError(excess, `at most ${mostOps} operations`);
  }
  return readDistinct(words, readOp, printOp, 'every operation only once');
}

function readBlock(words: Word[], opCount: number): { cells: CellTemplate[] } {
  const readCell = (word: Word): CellTemplate => {
    const fields = readFields(word, ['n', 'c', 's'], false);
    const layers = need(fields, 'n');
    if (opCount ** layers > mostPaths) {
      throw syntaxError(
        word,
        `a cell of at most ${mostPaths} paths, not ${opCount} operations to the power of ${layers}`,
      );
    }
    return { layers, channels: need(fields, 'c'), stride: strideOf(fields) };
  };
  return { cells: readDistinct(words, readCell, printCell, 'every cell of a block only once') };
}

function readDistinct<T>(
  words: Word[],
  read: (word: Word) => T,
  print: (value: T) => string,
  expected: string,
): T[] {
  const seen = new Set<string>();
  return words.map((word) => {
    const value = read(word);
    if (seen.has(print(value))) {
      throw syntaxError(word, expected);
    }
    seen.add(print(value));
    return value;
  });
}

function refuseSecond(earlier: unknown, keyword: Word): void {
  if (earlier !== undefined) {
    throw syntaxError(keyword, `only one statement "${keyword.text}"`);
  }
}
