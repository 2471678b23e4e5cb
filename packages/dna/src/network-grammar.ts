import { DomainError } from '@blockwise/contracts';
import { headOf } from './fields.ts';
import { defaultFrame, printFrameFields, readFrame } from './frame-grammar.ts';
import { printHead, readHead } from './head-grammar.ts';
import { printLayer, readLayers } from './layer-grammar.ts';
import { endOf, split, syntaxError, type Word, wholeText, wordsOf } from './syntax.ts';
import type { Frame, Layer, Network } from './types.ts';
import { hiddenWidth, imageChannels, outChannelsOf } from './widths.ts';

/**
 * Reads a network: sections separated by `|`, first the frame if it is not the default one, the
 * stem, then the blocks, last the head; the layers of a section separated by spaces.
 *
 * @throws DomainError SPACE_SYNTAX naming the word, its position and what was expected
 */
export function parseNetwork(text: string): Network {
  const whole = wholeText(text);
  const sections = split(whole, /\|/g);
  const frame = frameSection(sections[0]);
  const [stem, ...rest] = frame === undefined ? sections : sections.slice(1);
  const head = rest.pop();
  if (stem === undefined || head === undefined || rest.length === 0) {
    throw syntaxError(endOf(whole), 'a stem, at least one block and a head, separated by |');
  }
  const network = {
    frame: frame ?? { ...defaultFrame },
    stem: readSection(stem, 'the layers of the stem'),
    blocks: rest.map((section, b) => readSection(section, `the layers of block ${b + 1}`)),
    head: readHead(head),
  };
  refuseHollow([...network.stem, ...network.blocks.flat()]);
  return network;
}

/** The canonical text of a network: one word for each layer, repeats written out. */
export function printNetwork(network: Network): string {
  const frame = printFrameFields(network.frame);
  const sections = [network.stem, ...network.blocks].map((layers) =>
    layers.map(printLayer).join(' '),
  );
  return [
    ...(frame.length === 0 ? [] : [['net', ...frame].join('_')]),
    ...sections,
    printHead(network.head),
  ].join(' | ');
}

/** Reads a section of at least one layer. */
export function readSection(section: Word, expected: string): Layer[] {
  const words = wordsOf(section);
  if (words.length === 0) {
    throw syntaxError(section, expected);
  }
  return words.flatMap(readLayers);
}

/** Refuses layers that cannot be built, the first of them on an image. */
export function refuseHollow(layers: readonly Layer[]): void {
  const problem = hollowProblem(layers);
  if (problem !== undefined) {
    throw new DomainError('SPACE_SYNTAX', problem);
  }
}

/** Says which layer has a hidden width that rounds to 0, if any. */
export function hollowProblem(layers: readonly Layer[]): string | undefined {
  let channels = imageChannels;
  for (const layer of layers) {
    if ('expansion' in layer && hiddenWidth(layer, channels) < 1) {
      return `${printLayer(layer)} has a hidden width of 0 after ${channels} channels.`;
    }
    channels = outChannelsOf(layer, channels);
  }
  return undefined;
}

function frameSection(section: Word | undefined): Frame | undefined {
  const [word, second] = section === undefined ? [] : wordsOf(section);
  if (word === undefined || headOf(word).text !== 'net') {
    return undefined;
  }
  if (second !== undefined) {
    throw syntaxError(second, 'a | after the frame');
  }
  return readFrame(split(word, /_/g).slice(1), word);
}
