import { DomainError } from '@blockwise/contracts';
import { assemble } from '../assemble.ts';
import { networkCost, type Task } from '../network-cost.ts';
import { printNetwork } from '../network-grammar.ts';
import type { Random } from '../random.ts';
import type { Bounds, CellChoice, Cost, SearchSpace } from '../types.ts';
import { allWithSum, choicesOf, drawWithSum, pick, type Walk, waysBetween } from './draw.ts';
import { type MacsGraph, macsGraph } from './macs-graph.ts';

/** A network of a space that was drawn without regard to its rating. */
export interface SampledNetwork {
  choices: CellChoice[];
  cost: Cost;
  /** The network in the grammar, as `printNetwork` writes it. */
  arch: string;
}

/** Parts of a slice; one that holds a network is drawn first, then a network in it. */
const partsPerSlice = 8;
/** So many networks or fewer are listed to draw one, which misses none. */
const mostListed = 5000;
/** Draws of which none falls into a part, after which it counts as empty. */
const mostDraws = 2000;

/**
 * `count` different networks, spread uniformly over macs, by ascending macs.
 *
 * The range of macs (of the space, or what `macs` leaves of it) is cut into `count` slices of
 * equal width and one network drawn in each: first one of eight equal parts of the slice, uniformly
 * among those that hold a network, then a network uniformly among all of the space in that part.
 * Where a slice holds no network, its draw goes to another slice, again a different network.
 * The same `random` gives the same networks.
 *
 * @throws DomainError INFEASIBLE where the space has fewer networks within the bounds; BAD_INPUT
 *   where `count` is not a whole number above 0
 */
export function sampleNetworks(
  space: SearchSpace,
  task: Task,
  count: number,
  random: Random,
  { macs = {} }: { macs?: Bounds } = {},
): SampledNetwork[] {
  if (!Number.isInteger(count) || count < 1) {
    throw new DomainError('BAD_INPUT', 'The number of networks must be a whole number above 0.', {
      path: ['count'],
    });
  }
  const graph = macsGraph(space, task);
  const low = Math.max(graph.low, macs.min ?? 0);
  const high = Math.min(graph.high, macs.max ?? Number.POSITIVE_INFINITY);
  const drawn = new Map<string, SampledNetwork>();
  const drawFrom = (window: Window): boolean => {
    const network = drawBetween(space, task, graph, window, drawn, random);
    if (network !== undefined) drawn.set(network.arch, network);
    return network !== undefined;
  };
  let slices = low <= high ? slicesOf(low, high, count) : [];
  while (drawn.size < count && slices.length > 0) {
    slices = slices.filter(
      (slice) => drawn.size < count && random.shuffle(slicesWithin(slice)).some(drawFrom),
    );
    // What is left over after one draw from each goes to slices in any order.
    slices = random.shuffle(slices);
  }
  if (drawn.size < count) {
    const written = (value: number) => value.toLocaleString('en-US');
    throw new DomainError(
      'INFEASIBLE',
      `The space has ${written(drawn.size)} networks with ${written(macs.min ?? graph.low)} to ` +
        `${written(macs.max ?? graph.high)} macs, but ${written(count)} are wanted; all of its ` +
        `networks have ${written(graph.low)} to ${written(graph.high)}.`,
      { path: ['macs'] },
    );
  }
  return [...drawn.values()].sort((a, b) => a.cost.macs - b.cost.macs);
}

/** Macs from `from` on and below `until`. */
interface Window {
  from: number;
  until: number;
}

function slicesOf(low: number, high: number, count: number): Window[] {
  return cut({ from: low, until: high }, count).map((slice, i) =>
    // The last slice holds the dearest network too.
    i === count - 1 ? { ...slice, until: high + 1 } : slice,
  );
}

function slicesWithin(slice: Window): Window[] {
  return cut(slice, partsPerSlice);
}

function cut({ from, until }: Window, parts: number): Window[] {
  const edge = (i: number) => from + ((until - from) * i) / parts;
  return Array.from({ length: parts }, (_, i) => ({ from: edge(i), until: edge(i + 1) }));
}

/** A network within the window that has not been drawn yet, if there is one. */
function drawBetween(
  space: SearchSpace,
  task: Task,
  graph: MacsGraph,
  { from, until }: Window,
  drawn: ReadonlyMap<string, SampledNetwork>,
  random: Random,
): SampledNetwork | undefined {
  const first = Math.max(0, Math.ceil((from - graph.floor - graph.looseness) / graph.unit));
  const last = Math.floor((until - graph.floor) / graph.unit);
  const ways = waysBetween(graph, first, last);
  const total = ways.reduce((sum, n) => sum + n, 0);
  const accepted = (walk: Walk): SampledNetwork | undefined => {
    const choices = choicesOf(space, walk);
    const network = assemble(space, choices);
    const { params, macs, flopsTool, activationBytes } = networkCost(network, task);
    if (macs < from || macs >= until) return undefined;
    const arch = printNetwork(network);
    if (drawn.has(arch)) return undefined;
    return { choices, cost: { params, macs, flopsTool, activationBytes }, arch };
  };
  if (total <= mostListed) {
    const found = [...ways.keys()]
      .flatMap((i) => [...allWithSum(graph, first + i)])
      .map(accepted)
      .filter((network) => network !== undefined);
    return found[found.length === 0 ? 0 : random.int(found.length)];
  }
  for (let draw = 0; draw < mostDraws; draw++) {
    const [i] = pick(ways.entries(), ([, n]) => n, random);
    const network = accepted(drawWithSum(graph, first + i, random));
    if (network !== undefined) return network;
  }
  return undefined;
}
