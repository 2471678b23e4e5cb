import { type CellChoice, parseEncoding } from '@blockwise/dna';
import { choicesOfArchitecture } from '../architecture-choices.ts';
import { under, underAsync } from '../input-issues.ts';
import { maxRetrainNetworks } from '../limits.ts';
import { refuse } from '../refuse.ts';
import type { Searching } from '../searching.ts';
import { type SolveAsked, solveOptions } from '../solve-options.ts';
import type { Solver } from '../solving/solver.ts';

/** Which networks of a space are meant: exactly one of these. */
export interface NetworksAsked {
  readonly architectures?: readonly string[] | null | undefined;
  readonly encodings?: readonly string[] | null | undefined;
  readonly best?: SolveAsked | null | undefined;
}

/** @throws DomainError with the path below `networks` */
export async function chosenNetworks(
  searching: Searching,
  { architectures, encodings, best }: NetworksAsked,
  solver: Solver,
): Promise<(readonly CellChoice[])[]> {
  const { space, task, losses } = searching;
  const path = ['networks'];
  if (best) {
    const options = solveOptions(best, searching, [...path, 'best']);
    const found = await underAsync([...path, 'best'], () =>
      solver.run('solve', space, task, losses, options),
    );
    return found.map(({ choices }) => choices);
  }
  const kind = architectures ? 'architectures' : 'encodings';
  const texts = architectures ?? encodings ?? [];
  if (texts.length < 1 || texts.length > maxRetrainNetworks) {
    refuse(
      'BAD_INPUT',
      `1 to ${maxRetrainNetworks} networks can be trained, not ${texts.length}.`,
      [...path, kind],
    );
  }
  return texts.map((text, i) => {
    const at = [...path, kind, i];
    return architectures
      ? choicesOfArchitecture(space, text, at)
      : under(at, () => parseEncoding(space, text));
  });
}
