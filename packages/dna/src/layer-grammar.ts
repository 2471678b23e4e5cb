import { type FieldName, headOf, need, readFields, strideOf } from './fields.ts';
import { syntaxError, type Word, wholeText, wordsOf } from './syntax.ts';
import type { Layer, Op } from './types.ts';

const layerFields = {
  cn: ['k', 's', 'c'],
  ds: ['k', 's', 'c', 'se'],
  ir: ['k', 's', 'e', 'c', 'se'],
} satisfies Record<Layer['kind'], FieldName[]>;

const isKind = (text: string): text is Layer['kind'] => Object.hasOwn(layerFields, text);
const kinds = 'a layer: cn_, ds_ or ir_ with its fields, as in ir_k3_s2_e6_c24_se0.25';

/**
 * Reads one layer: `ir_k3_s2_e6_c24_se0.25`. Without s the stride is 1, without se there is no
 * squeeze-and-excitation.
 *
 * @throws DomainError SPACE_SYNTAX naming the word, its position and what was expected
 */
export function parseLayer(text: string): Layer {
  return readLayer(onlyWord(text, kinds));
}

/** The canonical text of a layer: every field in the order k, s, e, c, se; se only where it is not 0. */
export function printLayer(layer: Layer): string {
  const { kind, kernel, stride, channels } = layer;
  switch (kind) {
    case 'cn':
      return `cn_k${kernel}_s${stride}_c${channels}`;
    case 'ds':
      return `ds_k${kernel}_s${stride}_c${channels}${printSe(layer.se)}`;
    case 'ir':
      return `ir_k${kernel}_s${stride}_e${layer.expansion}_c${channels}${printSe(layer.se)}`;
    default:
      return kind satisfies never;
  }
}

/**
 * Reads a candidate operation, a layer without stride and channels: `ir_k5_e6_se0.25`.
 *
 * @throws DomainError SPACE_SYNTAX naming the word, its position and what was expected
 */
export function parseOp(text: string): Op {
  return readOp(onlyWord(text, 'an operation as in ir_k5_e6_se0.25'));
}

/** The canonical text of an operation. */
export function printOp(op: Op): string {
  return `ir_k${op.kernel}_e${op.expansion}${printSe(op.se)}`;
}

/** One layer at its place in a longer text. */
export function readLayer(word: Word): Layer {
  return readLayerFields(word, []).layer;
}

/** One layer, or with `r` several: the first with the stride, the others with stride 1. */
export function readLayers(word: Word): Layer[] {
  const { layer, repeat } = readLayerFields(word, ['r']);
  return Array.from({ length: repeat }, (_, i) => (i === 0 ? layer : { ...layer, stride: 1 }));
}

/** One operation at its place in a longer text. */
export function readOp(word: Word): Op {
  const head = headOf(word);
  if (head.text !== 'ir') {
    throw syntaxError(word, 'an operation as in ir_k5_e6_se0.25');
  }
  const fields = readFields(word, ['k', 'e', 'se'], true);
  return {
    kind: 'ir',
    kernel: need(fields, 'k'),
    expansion: need(fields, 'e'),
    se: fields.values.se ?? 0,
  };
}

function readLayerFields(word: Word, more: FieldName[]): { layer: Layer; repeat: number } {
  const kind = headOf(word).text;
  if (!isKind(kind)) {
    throw syntaxError(word, kinds);
  }
  const fields = readFields(word, [...more, ...layerFields[kind]], true);
  const shared = { kernel: need(fields, 'k'), stride: strideOf(fields) };
  const repeat = fields.values.r ?? 1;
  const se = fields.values.se ?? 0;
  switch (kind) {
    case 'cn':
      return { repeat, layer: { kind, ...shared, channels: need(fields, 'c') } };
    case 'ds':
      return { repeat, layer: { kind, ...shared, channels: need(fields, 'c'), se } };
    case 'ir': {
      const expansion = need(fields, 'e');
      return { repeat, layer: { kind, ...shared, expansion, channels: need(fields, 'c'), se } };
    }
    default:
      return kind satisfies never;
  }
}

function onlyWord(text: string, expected: string): Word {
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

function printSe(se: number): string {
  return se === 0 ? '' : `_se${se}`;
}
