import type { ConstraintsInput } from '@blockwise/client';
import { type CostKey, costAxes } from '../search/cost-axes.ts';

export type Side = 'min' | 'max';

/** What a network is asked for by: as a text it stands in addresses, and finds the same network again. */
export interface Wish {
  readonly constraints: ConstraintsInput;
  /** A weight for every block; null for those of the specification. */
  readonly lambdas: readonly number[] | null;
  /** Layers in which any two of the networks differ at least. */
  readonly minDistance: number;
  /** Place among the best, from 1. */
  readonly place: number;
}

export const anyNetwork: Wish = { constraints: {}, lambdas: null, minDistance: 0, place: 1 };

/** `macs:max:2500000,lambda:1;1;0.5,apart:4,place:2`; empty for the best network of all. */
export function printWish({ constraints, lambdas, minDistance, place }: Wish): string {
  const bounds = costAxes.flatMap(({ key }) =>
    sides.flatMap((side) => {
      const value = constraints[key]?.[side];
      return value == null ? [] : [`${key}:${side}:${value}`];
    }),
  );
  return [
    ...bounds,
    ...(lambdas === null ? [] : [`lambda:${lambdas.join(';')}`]),
    ...(minDistance === 0 ? [] : [`apart:${minDistance}`]),
    ...(place === 1 ? [] : [`place:${place}`]),
  ].join(',');
}

/** Reads what {@link printWish} writes; parts that make no sense are left out. */
export function readWish(text: string): Wish {
  return text.split(',').reduce(withPart, anyNetwork);
}

function withPart(wish: Wish, part: string): Wish {
  const [name = '', first = '', second = ''] = part.split(':');
  const key = costAxes.find((axis) => axis.key === name)?.key;
  const side = sides.find((each) => each === first);
  if (key && side) {
    const value = numberOf(second);
    return value === undefined ? wish : withBound(wish, key, side, value);
  }
  if (name === 'lambda') {
    const lambdas = first.split(';').map(numberOf);
    return lambdas.every((each) => each !== undefined) ? { ...wish, lambdas } : wish;
  }
  const whole = numberOf(first);
  if (whole === undefined || !Number.isInteger(whole)) return wish;
  if (name === 'apart') return { ...wish, minDistance: Math.min(whole, mostApart) };
  if (name === 'place' && whole >= 1) return { ...wish, place: Math.min(whole, mostPlaces) };
  return wish;
}

/** The same with one bound set, or without it. */
export function withBound(wish: Wish, key: CostKey, side: Side, value: number | undefined): Wish {
  const { [side]: _, ...others } = wish.constraints[key] ?? {};
  const bound = value === undefined ? others : { ...others, [side]: value };
  const { [key]: __, ...rest } = wish.constraints;
  return {
    ...wish,
    constraints: Object.keys(bound).length === 0 ? rest : { ...rest, [key]: bound },
  };
}

const sides: readonly Side[] = ['min', 'max'];
/** What the API answers at most. */
const mostPlaces = 100;
const mostApart = 1000;

/** A number that is not negative. */
function numberOf(text: string): number | undefined {
  const value = Number(text);
  return text === '' || !Number.isFinite(value) || value < 0 ? undefined : value;
}
