import { headOf, printActivation, readFields } from './fields.ts';
import { syntaxError, type Word, wholeText, wordsOf } from './syntax.ts';
import type { Head } from './types.ts';

/** The head's word: `hd_c256`, `hd_c960_p1280_nhs`, `hd`. */
export function printHead({ channels, hidden, activation }: Head): string {
  const wide = channels === 0 ? '' : `_c${channels}`;
  const linear = hidden === 0 ? '' : `_p${hidden}`;
  return `hd${wide}${linear}${printActivation(activation)}`;
}

/**
 * Reads a head: `hd_c960_p1280_nhs`.
 *
 * @throws DomainError SPACE_SYNTAX naming the word, its position and what was expected
 */
export function parseHead(text: string): Head {
  return readHead(wholeText(text));
}

/** Reads a section that holds the head and nothing else. */
export function readHead(section: Word): Head {
  const expected = 'the head, as in hd_c256, and nothing else';
  const [word, second] = wordsOf(section);
  if (word === undefined || headOf(word).text !== 'hd') {
    throw syntaxError(word ?? section, expected);
  }
  if (second !== undefined) {
    throw syntaxError(second, expected);
  }
  const { values, activation } = readFields(word, ['c', 'p'], { kind: true, activation: true });
  return { channels: values.c ?? 0, hidden: values.p ?? 0, activation };
}
