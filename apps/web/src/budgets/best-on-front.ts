import type { ParetoFrontQuery, SolutionDetailFragment } from '@blockwise/client';
import { type CostKey, costAxes } from '../search/cost-axes.ts';
import type { Wish } from './wish.ts';

type Front = ParetoFrontQuery['paretoFront'];

/**
 * The cost whose front of losses answers a wish alone: the one that is bounded, from above only, or
 * macs where nothing is. Undefined where more is asked for.
 */
export function frontCost({ constraints, place }: Wish): CostKey | undefined {
  const bounded = costAxes.filter(({ key }) => constraints[key] !== undefined);
  const [only] = bounded;
  if (place !== 1 || bounded.length > 1) return undefined;
  if (only === undefined) return 'macs';
  return constraints[only.key]?.min == null ? only.key : undefined;
}

/** The best network with at most so much of the cost, read off the front: its last point within. */
export function bestOnFront(
  front: Front,
  cost: CostKey,
  most: number | undefined,
): SolutionDetailFragment | undefined {
  const costs = front[cost] ?? [];
  const at =
    most === undefined
      ? costs.length - 1
      : costs.findLastIndex((each: string | number) => Number(each) <= most);
  const [loss, architecture, encoding] = [
    front.losses[at],
    front.architectures[at],
    front.encodings[at],
  ];
  if (loss === undefined || architecture === undefined || encoding === undefined) return undefined;
  return {
    loss,
    architecture,
    encoding,
    choices: encoding.split(' ').map((word, block) => {
      const [cell = '1', path = ''] = word.includes(':') ? word.split(':') : ['1', word];
      return { block: block + 1, cell: Number(cell), path };
    }),
    params: front.params[at] ?? '',
    macs: front.macs[at] ?? '',
    flopsTool: front.flopsTool[at] ?? '',
    activationBytes: front.activationBytes[at] ?? '',
    latencyMs: front.latencyMs?.[at] ?? null,
  };
}
