import { DomainError } from '../../packages/contracts/src/index.ts';
import type { Random } from '../../packages/dna/src/index.ts';

/** How an input was answered: used, or refused in an orderly way. */
export type Answer = 'taken' | 'refused';

/** Something that reads foreign input. */
export interface Target {
  /**
   * Makes an input and feeds it. Whatever is thrown is a finding.
   *
   * @param show told what the input is, in case it is a finding
   */
  feed(random: Random, show: (input: unknown) => void): Answer | Promise<Answer>;
  close?(): Promise<void>;
}

/** `read` either answers or throws a refusal that people are shown; anything else is passed on. */
export function answerOf(read: () => void): Answer {
  try {
    read();
    return 'taken';
  } catch (error) {
    if (error instanceof DomainError && error.code !== 'INTERNAL') return 'refused';
    throw error;
  }
}
