import type { DistilSpec } from '@blockwise/contracts';

/** What a {@link Plateau} has seen, as a checkpoint keeps it. */
export interface PlateauState {
  readonly bestLoss: number;
  readonly staleEpochs: number;
}

/** Notices that a cell's rating loss no longer falls. */
export class Plateau {
  readonly #rule: NonNullable<DistilSpec['earlyStop']>;
  #state: PlateauState | null;

  constructor(rule: NonNullable<DistilSpec['earlyStop']>, state: PlateauState | null) {
    this.#rule = rule;
    this.#state = state;
  }

  /** Null before the first loss. */
  get state(): PlateauState | null {
    return this.#state;
  }

  /** Takes the loss after an epoch; true when it has not fallen for so long that training may end. */
  observe(loss: number): boolean {
    const { patienceEpochs, minImprovement } = this.#rule;
    const { bestLoss, staleEpochs } = this.#state ?? {
      bestLoss: Number.POSITIVE_INFINITY,
      staleEpochs: 0,
    };
    const hasFallen = this.#state === null || loss < bestLoss * (1 - minImprovement);
    this.#state = {
      bestLoss: Math.min(bestLoss, loss),
      staleEpochs: hasFallen ? 0 : staleEpochs + 1,
    };
    return this.#state.staleEpochs >= patienceEpochs;
  }
}
