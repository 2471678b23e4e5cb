import { DomainError } from '@blockwise/contracts';
import {
  assemble,
  dnaNetworks,
  type Network,
  networkCost,
  networkCuts,
  networkOf,
  publishedNetworks,
  type Shape,
  scaleNetwork,
  spaceOf,
  type Task,
} from '@blockwise/dna';
import { under } from './input-issues.ts';

/** A network with what it costs for one image. */
export interface NetworkDescription {
  /** Of a published network. */
  readonly name: string | null;
  readonly network: Network;
  readonly task: Task;
  readonly cost: ReturnType<typeof networkCost>;
  readonly cuts: readonly Shape[];
}

/** Published teachers, and the networks that DNA found. */
const named: ReadonlyMap<string, Network> = new Map([
  ...Object.entries<Network>(publishedNetworks),
  ...Object.entries(dnaNetworks).map(
    ([letter, choices]) => [`dna_${letter}`, assemble(spaceOf('dna-multi'), choices)] as const,
  ),
]);

/** A network by its published name or its text. */
export function describeNetwork(text: string, task: Task): NetworkDescription {
  const name = text.trim();
  return description(named.has(name) ? name : null, networkBy(text), task);
}

export function describePublished(task: Task): NetworkDescription[] {
  return [...named].map(([name, network]) => description(name, network, task));
}

/** @throws DomainError BAD_INPUT for a factor that is out of range */
export function describeScaled(
  text: string,
  factors: { width: number; depth: number },
  task: Task,
): NetworkDescription {
  for (const name of ['width', 'depth'] as const) {
    if (factors[name] < 0.1 || factors[name] > 10) {
      throw new DomainError('BAD_INPUT', `${name} must be from 0.1 to 10, not ${factors[name]}.`, {
        path: [name],
      });
    }
  }
  return description(null, scaleNetwork(networkBy(text), factors), task);
}

function networkBy(text: string): Network {
  return named.get(text.trim()) ?? under(['architecture'], () => networkOf(text));
}

function description(name: string | null, network: Network, task: Task): NetworkDescription {
  return {
    name,
    network,
    task,
    cost: networkCost(network, task),
    cuts: networkCuts(network, task.inputSize),
  };
}
