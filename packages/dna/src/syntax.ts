import { DomainError } from '@blockwise/contracts';

/** A word of a text of the grammar, with its place in the whole text. */
export interface Word {
  text: string;
  /** Characters before the word in `source`. */
  offset: number;
  source: string;
}

/** Longest text that the parsers read, in characters. */
export const longestText = 65_536;

/** Refuses texts that are too long to be an architecture before any work is spent on them. */
export function wholeText(source: string): Word {
  if (source.length > longestText) {
    throw new DomainError(
      'SPACE_SYNTAX',
      `The text has ${source.length} characters; expected at most ${longestText}.`,
    );
  }
  return { text: source, offset: 0, source };
}

/** The parts of `word` between separators matching `separator` (global), empty parts included. */
export function split(word: Word, separator: RegExp): Word[] {
  const parts: Word[] = [];
  let start = 0;
  for (const match of word.text.matchAll(separator)) {
    parts.push(slice(word, start, match.index));
    start = match.index + match[0].length;
  }
  parts.push(slice(word, start, word.text.length));
  return parts;
}

/** The words of `phrase` that white space separates. */
export function wordsOf(phrase: Word): Word[] {
  return split(phrase, /\s+/g).filter((word) => word.text !== '');
}

/** The one word of a text that must not hold more. */
export function onlyWord(text: string, expected: string): Word {
  const whole = wholeText(text);
  const [first, second] = wordsOf(whole);
  if (first === undefined) {
    throw syntaxError(whole, expected);
  }
  if (second !== undefined) {
    throw syntaxError(second, `the end of the text after "${first.text}"`);
  }
  return first;
}

/** Characters `start` (inclusive) to `end` (exclusive) of `word`, keeping their place. */
export function slice(word: Word, start: number, end: number): Word {
  return { ...word, text: word.text.slice(start, end), offset: word.offset + start };
}

/** The place right after `word`, for what is missing there. */
export function endOf(word: Word): Word {
  const text = word.text.trimEnd();
  return slice(word, text.length, text.length);
}

/** An error that names the offending word, its position (counted from 1) and what was expected. */
export function syntaxError(at: Word, expected: string): DomainError {
  const before = at.source.slice(0, at.offset).split('\n');
  const column = (before.at(-1) ?? '').length + 1;
  const place = at.source.includes('\n')
    ? `line ${before.length}, column ${column}`
    : `column ${column}`;
  const what = at.text.trim() === '' ? 'Nothing' : `"${shortened(at.text.trim())}"`;
  return new DomainError('SPACE_SYNTAX', `${what} at ${place}: expected ${expected}.`);
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
