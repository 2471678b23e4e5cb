import type { ConstraintsInput } from '../generated/graphql.ts';
import { type Flags, flag } from './flag.ts';

/** Costs by the words of the command line. */
const axes = {
  params: { key: 'params', told: 'learnable scalars' },
  macs: { key: 'macs', told: 'multiply-accumulates per image' },
  flops: { key: 'flopsTool', told: "cost in the convention of DNA's tables" },
  memory: { key: 'activationBytes', told: 'bytes of all feature maps of one image' },
  latency: { key: 'latencyMs', told: 'milliseconds for one image, by the measured table' },
} as const satisfies Record<string, { key: keyof ConstraintsInput; told: string }>;

/** `--params-max`, `--params-min` and so on. */
export const budgetFlags: Flags = Object.fromEntries(
  Object.entries(axes).flatMap(([word, { told }]) => [
    [`${word}-max`, flag.number('N', `upper bound: ${told}`)],
    [`${word}-min`, flag.number('N', `lower bound: ${told}`)],
  ]),
);

/** The budgets that were given. */
export function budgetsOf(values: Readonly<Record<string, unknown>>): ConstraintsInput {
  return Object.fromEntries(
    Object.entries(axes).flatMap(([word, { key }]) => {
      const bound = {
        ...numberAt(values, `${word}-max`, 'max'),
        ...numberAt(values, `${word}-min`, 'min'),
      };
      return Object.keys(bound).length === 0 ? [] : [[key, bound]];
    }),
  );
}

function numberAt(values: Readonly<Record<string, unknown>>, name: string, side: 'min' | 'max') {
  const value = values[name];
  return typeof value === 'number' ? { [side]: value } : {};
}
