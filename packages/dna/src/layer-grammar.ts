import {
  type FieldName,
  type Fields,
  headOf,
  need,
  printActivation,
  readFields,
  strideOf,
} from './fields.ts';
import { onlyWord, syntaxError, type Word } from './syntax.ts';
import type { Layer, Op, Squeeze } from './types.ts';

/** Fields of every kind; all but pooling may also have an activation. */
const layerFields = {
  cn: ['k', 's', 'c'],
  mp: ['k', 's'],
  ds: ['k', 's', 'c', 'se', 'sh'],
  ir: ['k', 's', 'e', 'c', 'se', 'sh'],
  er: ['k', 's', 'e', 'c', 'se', 'sh'],
  bt: ['k', 's', 'e', 'c'],
} satisfies Record<Layer['kind'], FieldName[]>;

const isKind = (text: string): text is Layer['kind'] => Object.hasOwn(layerFields, text);
const isOpKind = (kind: Layer['kind']): kind is Op['kind'] =>
  kind === 'ir' || kind === 'er' || kind === 'bt';

const expectedLayer =
  'a layer: cn_, mp_, ds_, ir_, er_ or bt_ with its fields, as in ir_k3_s2_e6_c24_se0.25';
const expectedOp = 'an operation: ir_, er_ or bt_ with its fields, as in ir_k5_e6_se0.25';

/**
 * Reads one layer: `ir_k3_s2_e6_c24_se0.25`. Without s the stride is 1, without se or sh there is
 * no squeeze-and-excitation, without an activation it is swish.
 *
 * @throws DomainError SPACE_SYNTAX naming the word, its position and what was expected
 */
export function parseLayer(text: string): Layer {
  return readLayer(onlyWord(text, expectedLayer));
}

/**
 * The canonical text of a layer: its fields in the order k, s, e, c, se or sh, activation; the
 * squeeze-and-excitation only where there is one, the activation only where it is not swish.
 */
export function printLayer(layer: Layer): string {
  const { kind, kernel, stride } = layer;
  const start = `${kind}_k${kernel}_s${stride}`;
  switch (kind) {
    case 'mp':
      return start;
    case 'cn':
      return `${start}_c${layer.channels}${printActivation(layer.activation)}`;
    case 'ds':
      return `${start}_c${layer.channels}${printEnd(layer)}`;
    case 'ir':
    case 'er':
      return `${start}_e${layer.expansion}_c${layer.channels}${printEnd(layer)}`;
    case 'bt':
      return `${start}_e${layer.expansion}_c${layer.channels}${printActivation(layer.activation)}`;
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
  return readOp(onlyWord(text, expectedOp));
}

/** The canonical text of an operation. */
export function printOp(op: Op): string {
  const end = op.kind === 'bt' ? printActivation(op.activation) : printEnd(op);
  return `${op.kind}_k${op.kernel}_e${op.expansion}${end}`;
}

/** One layer at its place in a longer text. */
function readLayer(word: Word): Layer {
  return readLayerFields(word, []).layer;
}

/** One layer, or with `r` several: the first with the stride, the others with stride 1. */
export function readLayers(word: Word): Layer[] {
  const { layer, repeat } = readLayerFields(word, ['r']);
  return Array.from({ length: repeat }, (_, i) => (i === 0 ? layer : { ...layer, stride: 1 }));
}

/** One operation at its place in a longer text. */
export function readOp(word: Word): Op {
  const kind = headOf(word).text;
  if (!isKind(kind) || !isOpKind(kind)) {
    throw syntaxError(word, expectedOp);
  }
  const allowed = layerFields[kind].filter((field) => field !== 's' && field !== 'c');
  const fields = readFields(word, allowed, { kind: true, activation: true });
  const { activation } = fields;
  const shared = { kernel: need(fields, 'k'), expansion: need(fields, 'e'), activation };
  return kind === 'bt' ? { kind, ...shared } : { kind, ...shared, squeeze: squeezeOf(fields) };
}

function readLayerFields(word: Word, more: FieldName[]): { layer: Layer; repeat: number } {
  const kind = headOf(word).text;
  if (!isKind(kind)) {
    throw syntaxError(word, expectedLayer);
  }
  const fields = readFields(word, [...more, ...layerFields[kind]], {
    kind: true,
    activation: kind !== 'mp',
  });
  return { layer: layerFrom(kind, fields), repeat: fields.values.r ?? 1 };
}

function layerFrom(kind: Layer['kind'], fields: Fields): Layer {
  const { activation } = fields;
  const shared = { kernel: need(fields, 'k'), stride: strideOf(fields) };
  switch (kind) {
    case 'mp':
      return { kind, ...shared };
    case 'cn':
      return { kind, ...shared, channels: need(fields, 'c'), activation };
    case 'ds': {
      const channels = need(fields, 'c');
      return { kind, ...shared, channels, squeeze: squeezeOf(fields), activation };
    }
    case 'ir':
    case 'er': {
      const widths = { expansion: need(fields, 'e'), channels: need(fields, 'c') };
      return { kind, ...shared, ...widths, squeeze: squeezeOf(fields), activation };
    }
    case 'bt': {
      const widths = { expansion: need(fields, 'e'), channels: need(fields, 'c') };
      return { kind, ...shared, ...widths, activation };
    }
    default:
      return kind satisfies never;
  }
}

function squeezeOf({ word, values: { se, sh } }: Fields): Squeeze {
  if (se !== undefined && sh !== undefined) {
    throw syntaxError(word, 'only one of the fields se and sh');
  }
  // One form for none, so that equal layers are equal values.
  return sh === undefined || sh === 0
    ? { ratio: se ?? 0, of: 'input' }
    : { ratio: sh, of: 'hidden' };
}

function printEnd({ squeeze, activation }: Pick<Layer & { kind: 'ds' }, 'squeeze' | 'activation'>) {
  const { ratio, of } = squeeze;
  const name = of === 'input' ? 'se' : 'sh';
  return `${ratio === 0 ? '' : `_${name}${ratio}`}${printActivation(activation)}`;
}
