import { slice, split, syntaxError, type Word } from './syntax.ts';

/** What a field's number may be, and how to say it. */
interface FieldRule {
  name: string;
  expected: string;
  accepts(value: number): boolean;
}

const whole = (name: string, least: number, most: number): FieldRule => ({
  name,
  expected: `a whole ${name} from ${least} to ${most}`,
  accepts: (value) => Number.isInteger(value) && value >= least && value <= most,
});

/**
 * Every field of the grammar. The upper limits keep a mistyped text from asking for a network that
 * no machine holds; they lie far above every published network of the family.
 */
const rules = {
  r: whole('repetition', 1, 64),
  n: whole('number of layers', 1, 16),
  k: {
    name: 'kernel size',
    expected: 'an odd kernel size from 1 to 31',
    accepts: (value) => value % 2 === 1 && value <= 31,
  },
  s: {
    name: 'stride',
    expected: 'a stride of 1 or 2',
    accepts: (value) => value === 1 || value === 2,
  },
  e: whole('expansion', 1, 64),
  c: whole('number of channels', 1, 16_384),
  se: {
    name: 'squeeze-and-excitation ratio',
    expected: 'a squeeze-and-excitation ratio from 0 to 1 with at most 6 decimals',
    accepts: (value) => value >= 0 && value <= 1,
  },
} satisfies Record<string, FieldRule>;

export type FieldName = keyof typeof rules;

const isFieldName = (text: string): text is FieldName => Object.hasOwn(rules, text);
const number = /^\d{1,9}(\.\d{1,6})?$/;

/** A word taken apart: `ir_k3_s2` → head `ir`, fields k 3 and s 2. */
export interface Fields {
  word: Word;
  values: Partial<Record<FieldName, number>>;
}

/** Where the fields of a word start, before their names are known to be right. */
export function headOf(word: Word): Word {
  const end = word.text.indexOf('_');
  return end === -1 ? word : slice(word, 0, end);
}

/**
 * Reads `head_field_field…`: fields in any order, none twice, only those of `allowed`.
 *
 * @param skipHead whether the word starts with a kind (`ir_…`) and not with a field (`n2_…`)
 */
export function readFields(word: Word, allowed: readonly FieldName[], skipHead: boolean): Fields {
  const parts = split(word, /_/g);
  const values: Fields['values'] = {};
  for (const part of skipHead ? parts.slice(1) : parts) {
    const [, letters = '', digits = ''] = /^([a-z]*)(.*)$/s.exec(part.text) ?? [];
    if (!isFieldName(letters) || !allowed.includes(letters)) {
      throw syntaxError(
        part.text === '' ? { ...part, text: word.text } : part,
        `one of the fields ${allowed.join(', ')}, each followed by a number, in "${word.text}"`,
      );
    }
    if (values[letters] !== undefined) {
      throw syntaxError(part, `the field ${letters} only once in "${word.text}"`);
    }
    const rule: FieldRule = rules[letters];
    if (!number.test(digits) || !rule.accepts(Number(digits))) {
      throw syntaxError(part, `${rule.expected} after ${letters} in "${word.text}"`);
    }
    values[letters] = Number(digits);
  }
  return { word, values };
}

/** The value of a field that must be there. */
export function need(fields: Fields, name: FieldName): number {
  const value = fields.values[name];
  if (value === undefined) {
    throw syntaxError(fields.word, `also the field ${name} (${rules[name].name})`);
  }
  return value;
}

/** The stride; 1 where the text does not say. */
export function strideOf(fields: Fields): 1 | 2 {
  return fields.values.s === 2 ? 2 : 1;
}
