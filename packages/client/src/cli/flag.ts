import { UsageError } from './usage-error.ts';

/** What may stand behind `--name`; `value` is what the help writes for it. */
export type Flag = { readonly told: string } & (
  | { readonly kind: 'text' | 'texts' | 'number' | 'whole' | 'numbers'; readonly value: string }
  | { readonly kind: 'choice'; readonly words: readonly string[] }
  | { readonly kind: 'switch' }
);

export type Flags = Readonly<Record<string, Flag>>;

type ValueOf<Given extends Flag> = Given extends { kind: 'text' }
  ? string
  : Given extends { kind: 'texts' }
    ? string[]
    : Given extends { kind: 'number' | 'whole' }
      ? number
      : Given extends { kind: 'numbers' }
        ? number[]
        : Given extends { kind: 'choice'; words: readonly (infer Word)[] }
          ? Word
          : boolean;

/** The flags that were given, each with a value of its kind. */
export type Values<Given extends Flags> = {
  readonly [Name in keyof Given]?: ValueOf<Given[Name]>;
};

export const flag = {
  text: (value: string, told: string) => ({ kind: 'text', value, told }) as const,
  /** May be given several times. */
  texts: (value: string, told: string) => ({ kind: 'texts', value, told }) as const,
  number: (value: string, told: string) => ({ kind: 'number', value, told }) as const,
  whole: (value: string, told: string) => ({ kind: 'whole', value, told }) as const,
  /** Separated by commas. */
  numbers: (value: string, told: string) => ({ kind: 'numbers', value, told }) as const,
  choice: <const Word extends string>(words: readonly Word[], told: string) =>
    ({ kind: 'choice', words, told }) as const,
  on: (told: string) => ({ kind: 'switch', told }) as const,
};

/** What was typed for a flag, as a value of its kind. */
export function readFlag(name: string, given: Flag, typed: string | string[] | boolean) {
  if (typeof typed !== 'string') return typed;
  switch (given.kind) {
    case 'number':
    case 'whole':
      return readNumber(name, typed, given.kind);
    case 'numbers':
      return typed.split(',').map((part) => readNumber(name, part, 'number'));
    case 'choice':
      if (given.words.includes(typed)) return typed;
      throw new UsageError(`--${name} is ${given.words.join(' or ')}, not ${typed}.`);
    default:
      return typed;
  }
}

function readNumber(name: string, typed: string, kind: 'number' | 'whole'): number {
  const number = Number(typed.trim().replaceAll('_', ''));
  if (typed.trim() === '' || !Number.isFinite(number)) {
    throw new UsageError(`--${name} takes a number, not ${typed}.`);
  }
  if (kind === 'whole' && !Number.isSafeInteger(number)) {
    throw new UsageError(`--${name} takes a whole number, not ${typed}.`);
  }
  return number;
}
