import { headOf, need, readFields } from './fields.ts';
import { printLayer, readLayers } from './layer-grammar.ts';
import { endOf, split, syntaxError, type Word, wholeText, wordsOf } from './syntax.ts';
import type { Layer, Network } from './types.ts';

/**
 * Reads a network: sections separated by `|`, first the stem, then the blocks, last the head;
 * the layers of a section separated by spaces.
 *
 * @throws DomainError SPACE_SYNTAX naming the word, its position and what was expected
 */
export function parseNetwork(text: string): Network {
  const whole = wholeText(text);
  const [stem, ...rest] = split(whole, /\|/g);
  const head = rest.pop();
  if (stem === undefined || head === undefined || rest.length === 0) {
    throw syntaxError(endOf(whole), 'a stem, at least one block and a head, separated by |');
  }
  return {
    stem: readSection(stem, 'the layers of the stem'),
    blocks: rest.map((section, b) => readSection(section, `the layers of block ${b + 1}`)),
    head: readHead(head),
  };
}

/** The canonical text of a network: one word for each layer, repeats written out. */
export function printNetwork(network: Network): string {
  const sections = [network.stem, ...network.blocks].map((layers) =>
    layers.map(printLayer).join(' '),
  );
  return [...sections, printHead(network.head)].join(' | ');
}

/** The head's word: `hd_c256`. */
export function printHead(head: Network['head']): string {
  return `hd_c${head.channels}`;
}

/** Reads a section that holds the head and nothing else. */
export function readHead(section: Word): Network['head'] {
  const expected = 'the head, as in hd_c256, and nothing else';
  const [word, second] = wordsOf(section);
  if (word === undefined || headOf(word).text !== 'hd') {
    throw syntaxError(word ?? section, expected);
  }
  if (second !== undefined) {
    throw syntaxError(second, expected);
  }
  return { channels: need(readFields(word, ['c'], true), 'c') };
}

/** Reads a section of at least one layer. */
export function readSection(section: Word, expected: string): Layer[] {
  const words = wordsOf(section);
  if (words.length === 0) {
    throw syntaxError(section, expected);
  }
  return words.flatMap(readLayers);
}
