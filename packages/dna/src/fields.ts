import { slice, split, syntaxError, type Word } from './syntax.ts';
import type { Activation } from './types.ts';

/** What a number may be, and how to say it. */
export interface NumberRule {
  name: string;
  expected: string;
  accepts(value: number): boolean;
}

const whole = (name: string, least: number, most: number): NumberRule => ({
  name,
  expected: `a whole ${name} from ${least} to ${most}`,
  accepts: (value) => Number.isInteger(value) && value >= least && value <= most,
});

/** Numbers are printed with at most six decimals, so others would not be read back. */
const hasSixDecimals = (value: number) => Number(value.toFixed(6)) === value;

const share = (name: string): NumberRule => ({
  name,
  expected: `a ${name} from 0 to 1 with at most 6 decimals`,
  accepts: (value) => value >= 0 && value <= 1 && hasSixDecimals(value),
});

/**
 * Every numeric field of the grammar. The upper limits keep a mistyped text from asking for a
 * network that no machine holds; they lie far above every published network of the family.
 */
export const fieldRules = {
  r: whole('repetition', 1, 64),
  n: whole('number of layers', 1, 16),
  k: {
    name: 'kernel size',
    expected: 'an odd kernel size from 1 to 31',
    accepts: (value) => value % 2 === 1 && value >= 1 && value <= 31,
  },
  s: {
    name: 'stride',
    expected: 'a stride of 1 or 2',
    accepts: (value) => value === 1 || value === 2,
  },
  e: {
    name: 'expansion',
    expected: 'an expansion above 0 and up to 64 with at most 6 decimals',
    accepts: (value) => value > 0 && value <= 64 && hasSixDecimals(value),
  },
  c: whole('number of channels', 1, 16_384),
  p: whole('width of the hidden linear layer', 1, 16_384),
  se: share('squeeze-and-excitation ratio'),
  sh: share('squeeze-and-excitation ratio of the hidden width'),
  eps: {
    name: 'epsilon',
    expected: 'an epsilon above 0 and up to 1 with at most 6 decimals',
    accepts: (value) => value > 0 && value <= 1 && hasSixDecimals(value),
  },
} satisfies Record<string, NumberRule>;

export type FieldName = keyof typeof fieldRules;

const isFieldName = (text: string): text is FieldName => Object.hasOwn(fieldRules, text);
const number = /^\d{1,9}(\.\d{1,6})?$/;

/** Activations as timm writes them. */
const activations = new Map<string, Activation>([
  ['nsw', 'swish'],
  ['nre', 'relu'],
  ['nhs', 'hardSwish'],
]);

/** A field with the activation, none where it is the default. */
export function printActivation(activation: Activation): string {
  switch (activation) {
    case 'swish':
      return '';
    case 'relu':
      return '_nre';
    case 'hardSwish':
      return '_nhs';
    default:
      return activation satisfies never;
  }
}

/** A word taken apart: `ir_k3_s2_nre` → head `ir`, fields k 3 and s 2, ReLU. */
export interface Fields {
  word: Word;
  values: Partial<Record<FieldName, number>>;
  activation: Activation;
}

/** Where the fields of a word start, before their names are known to be right. */
export function headOf(word: Word): Word {
  const end = word.text.indexOf('_');
  return end === -1 ? word : slice(word, 0, end);
}

/**
 * Reads the fields after a word's kind, `ir_k3_s2_nre`, or of a word without one, `n2_c24`: in any
 * order, none twice, only those of `allowed`.
 */
export function readFields(
  word: Word,
  allowed: readonly FieldName[],
  has: { kind: boolean; activation: boolean },
): Fields {
  const parts = split(word, /_/g);
  const values: Fields['values'] = {};
  let activation: Activation | undefined;
  for (const part of has.kind ? parts.slice(1) : parts) {
    const named = has.activation ? activations.get(part.text) : undefined;
    if (named !== undefined) {
      if (activation !== undefined) {
        throw syntaxError(part, `only one activation in "${word.text}"`);
      }
      activation = named;
      continue;
    }
    const [, letters = '', digits = ''] = /^([a-z]*)(.*)$/s.exec(part.text) ?? [];
    if (!isFieldName(letters) || !allowed.includes(letters)) {
      throw syntaxError(
        part.text === '' ? { ...part, text: word.text } : part,
        `one of the fields ${allowed.join(', ')}, each followed by a number,${
          has.activation ? ' or nre, nhs or nsw,' : ''
        } in "${word.text}"`,
      );
    }
    if (values[letters] !== undefined) {
      throw syntaxError(part, `the field ${letters} only once in "${word.text}"`);
    }
    values[letters] = readNumber(part, letters, digits, word);
  }
  return { word, values, activation: activation ?? 'swish' };
}

/** The number after the letters of a field. */
export function readNumber(part: Word, field: FieldName, digits: string, within: Word): number {
  const rule: NumberRule = fieldRules[field];
  if (!number.test(digits) || !rule.accepts(Number(digits))) {
    throw syntaxError(part, `${rule.expected} after ${field} in "${within.text.trim()}"`);
  }
  return Number(digits);
}

/** The value of a field that must be there. */
export function need(fields: Fields, name: FieldName): number {
  const value = fields.values[name];
  if (value === undefined) {
    throw syntaxError(fields.word, `also the field ${name} (${fieldRules[name].name})`);
  }
  return value;
}

/** The stride; 1 where the text does not say. */
export function strideOf(fields: Fields): 1 | 2 {
  return fields.values.s === 2 ? 2 : 1;
}
