import { need, readFields, strideOf } from './fields.ts';
import { defaultFrame, printFrameFields, readFrame } from './frame-grammar.ts';
import { printHead, readHead } from './head-grammar.ts';
import { printLayer, printOp, readOp } from './layer-grammar.ts';
import { readSection, refuseHollow } from './network-grammar.ts';
import {
  endOf,
  onlyWord,
  slice,
  split,
  syntaxError,
  type Word,
  wholeText,
  wordsOf,
} from './syntax.ts';
import type { CellTemplate, Op, SearchSpace } from './types.ts';

/** Paths are written with one base-36 digit for each layer. */
export const mostOps = 36;
/** Every path of a cell is rated, so a cell with more could never be finished. */
export const mostPaths = 2_097_152;

const statementKinds = 'a statement: net, stem, ops, block or head';

/**
 * Reads a search space: statements separated by new lines or `;`, comments from `#` to the end of
 * the line. `stem` and `head` come once, `net` and `ops` at most once, `block` once for each block,
 * in order. A block without `with` has the operations of `ops`.
 *
 * @throws DomainError SPACE_SYNTAX naming the word, its position and what was expected
 */
export function parseSpace(text: string): SearchSpace {
  const whole = wholeText(text);
  let frame: SearchSpace['frame'] | undefined;
  let stem: SearchSpace['stem'] | undefined;
  let ops: Op[] | undefined;
  let head: SearchSpace['head'] | undefined;
  const blockBodies: Word[] = [];

  for (const { keyword, body } of statementsOf(whole)) {
    switch (keyword.text) {
      case 'net':
        refuseSecond(frame, keyword);
        frame = readFrame(wordsOf(body), body);
        break;
      case 'stem':
        refuseSecond(stem, keyword);
        stem = readSection(body, 'the layers of the stem');
        refuseHollow(stem);
        break;
      case 'ops':
        refuseSecond(ops, keyword);
        ops = readOps(body, wordsOf(body));
        break;
      case 'block':
        blockBodies.push(body);
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
  if (blockBodies.length === 0) throw missing('block');
  if (head === undefined) throw missing('head');
  const blocks = blockBodies.map((body) => {
    const block = readBlock(body, ops);
    if (block === undefined) throw missing('ops');
    return block;
  });
  return { frame: frame ?? { ...defaultFrame }, stem, blocks, head };
}

/**
 * The canonical text of a space: one statement a line, in the order net, stem, ops, blocks, head.
 * `ops` are those that most blocks have, of several such lists the first; `net` is left out where
 * the frame is the default.
 */
export function printSpace(space: SearchSpace): string {
  const frame = printFrameFields(space.frame);
  const usual = usualOps(space);
  return [
    ...(frame.length === 0 ? [] : [['net', ...frame].join(' ')]),
    `stem ${space.stem.map(printLayer).join(' ')}`,
    `ops ${usual}`,
    ...space.blocks.map((block) => {
      const ops = printOps(block.ops);
      const cells = `block ${block.cells.map(printCell).join(' ')}`;
      return ops === usual ? cells : `${cells} with ${ops}`;
    }),
    `head ${printHead(space.head)}`,
  ].join('\n');
}

/** The canonical text of a cell: `n2_c24_s2`. */
export function printCell(cell: CellTemplate): string {
  return `n${cell.layers}_c${cell.channels}_s${cell.stride}`;
}

/** The canonical text of the operations that most blocks have, the first of several such lists. */
export function usualOps({ blocks }: Pick<SearchSpace, 'blocks'>): string {
  const counts = new Map<string, number>();
  for (const { ops } of blocks) {
    const text = printOps(ops);
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return [...counts].reduce((most, entry) => (entry[1] > most[1] ? entry : most), ['', 0])[0];
}

/** The canonical text of a list of operations. */
export function printOps(ops: readonly Op[]): string {
  return ops.map(printOp).join(' ');
}

/**
 * Reads a cell: `n2_c24_s2`, without s of stride 1.
 *
 * @throws DomainError SPACE_SYNTAX naming the word, its position and what was expected
 */
export function parseCell(text: string): CellTemplate {
  return readCell(onlyWord(text, 'a cell as in n2_c24_s2'));
}

function readCell(word: Word): CellTemplate {
  const fields = readFields(word, ['n', 'c', 's'], { kind: false, activation: false });
  return { layers: need(fields, 'n'), channels: need(fields, 'c'), stride: strideOf(fields) };
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

function readOps(place: Word, words: Word[]): Op[] {
  if (words.length === 0) {
    throw syntaxError(place, 'the candidate operations, as in ir_k5_e6_se0.25');
  }
  const excess = words[mostOps];
  if (excess !== undefined) {
    throw syntaxError(excess, `at most ${mostOps} operations`);
  }
  return readDistinct(words, readOp, printOp, 'every operation only once');
}

/** A block, or nothing where neither the block nor the space has operations. */
function readBlock(body: Word, usual: Op[] | undefined): SearchSpace['blocks'][number] | undefined {
  const words = wordsOf(body);
  const turn = words.findIndex(({ text }) => text === 'with');
  const cellWords = turn === -1 ? words : words.slice(0, turn);
  if (cellWords.length === 0) {
    throw syntaxError(words[0] ?? body, 'the cells of the block, as in n2_c24_s2');
  }
  const ops = turn === -1 ? usual : readOps(endOf(body), words.slice(turn + 1));
  if (ops === undefined) {
    return undefined;
  }
  const readAndCount = (word: Word): CellTemplate => {
    const cell = readCell(word);
    if (ops.length ** cell.layers > mostPaths) {
      throw syntaxError(
        word,
        `a cell of at most ${mostPaths} paths, not ${ops.length} operations to the power of ${cell.layers}`,
      );
    }
    return cell;
  };
  const expected = 'every cell of a block only once';
  const cells = readDistinct(cellWords, readAndCount, printCell, expected);
  return { ops: ops.map((op) => ({ ...op })), cells };
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
