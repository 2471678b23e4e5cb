import { constraints, type ErrorPath, searchSpec } from '@blockwise/contracts';
import type { SolveOptions } from '@blockwise/dna';
import { maxSolveNetworks } from './limits.ts';
import { refuse } from './refuse.ts';
import { readInput } from './schema-form.ts';
import type { Searching } from './searching.ts';

const { lambdas: lambdasSchema } = searchSpec.shape.solve.unwrap().shape;

/** What a client asks of the exact search. */
export interface SolveAsked {
  readonly constraints?: unknown;
  readonly lambdas?: readonly number[] | null | undefined;
  readonly minDistance: number;
  readonly networks: number;
  /** Row of the latency table that counts; the newest measured one if not given. */
  readonly latencyTableId?: string | undefined;
}

/** @throws DomainError BAD_INPUT or NOT_READY with the path below `path` */
export function solveOptions(
  { constraints: asked, lambdas, minDistance, networks }: SolveAsked,
  searching: Searching,
  path: ErrorPath = [],
): SolveOptions {
  checkRange('networks', networks, 1, maxSolveNetworks, path);
  checkRange('minDistance', minDistance, 0, 1000, path);
  const bounds = readInput(constraints, asked ?? {}, {
    code: 'BAD_INPUT',
    path: [...path, 'constraints'],
  });
  if (bounds.latencyMs !== undefined) {
    requireLatency(searching, [...path, 'constraints', 'latencyMs']);
  }
  return {
    constraints: bounds,
    topK: networks,
    minDistance,
    ...weights(lambdas, searching, path),
  };
}

/** λ, by default the specification's, and the latency table, as the exact search takes them. */
export function weights(
  lambdas: readonly number[] | null | undefined,
  { space, latency, lambdas: specified }: Searching,
  path: ErrorPath = [],
): Pick<SolveOptions, 'lambdas' | 'latency'> {
  const at = [...path, 'lambdas'];
  const read = readInput(lambdasSchema, lambdas ?? specified, { code: 'BAD_INPUT', path: at });
  if (read !== null && read.length !== space.blocks.length) {
    refuse(
      'BAD_INPUT',
      `${read.length} weights λ are given for ${space.blocks.length} blocks.`,
      at,
    );
  }
  return {
    ...(read === null ? {} : { lambdas: read }),
    ...(latency === undefined ? {} : { latency }),
  };
}

/** @throws DomainError NOT_READY */
export function requireLatency({ latency }: Searching, path: ErrorPath): void {
  if (latency === undefined) {
    refuse('NOT_READY', 'No latency table of this search is measured yet.', path);
  }
}

function checkRange(
  name: string,
  value: number,
  least: number,
  most: number,
  path: ErrorPath,
): void {
  if (value < least || value > most) {
    refuse('BAD_INPUT', `${name} must be from ${least} to ${most}, not ${value}.`, [...path, name]);
  }
}
