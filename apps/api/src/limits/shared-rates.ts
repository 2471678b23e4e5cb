import type { SharedSpending, Spending } from '@blockwise/db';
import { type CountedLimit, type PerMinute, ratePerMinute } from './rate.ts';

/** Adds what this process has spent to what all have, and answers the sums of this minute. */
export type ShareSpending = (spent: readonly Spending[]) => Promise<readonly SharedSpending[]>;

/** A key of one limit. */
interface Counted {
  readonly limit: CountedLimit;
  readonly key: string;
  /** Spent here and not told yet. */
  fresh: number;
  /** Of which minute the following are. */
  minute: number;
  /** Spent here and told. */
  told: number;
  /** Known to be spent elsewhere. */
  others: number;
  usedAt: number;
}

/** A key on which nothing was spent for so long is forgotten. */
const keptMilliseconds = 120_000;

/**
 * Limits that hold for all API processes together. Each counts in its own memory, so that no request waits
 * for the database, and tells the others by {@link exchange} what it has spent: who goes from one process
 * to the next is stopped a moment later. While the database is away each counts alone.
 */
export class SharedRates {
  readonly #share: ShareSpending;
  readonly #counted = new Map<string, Counted>();

  constructor(share: ShareSpending) {
    this.#share = share;
  }

  readonly perMinute: PerMinute = (points, what) => {
    const limit = ratePerMinute(points, what);
    return {
      spend: (key, spent) => {
        const name = `${what}: ${key}`;
        const counted = this.#counted.get(name) ?? fresh(limit, key);
        this.#counted.set(name, counted);
        counted.fresh += spent;
        counted.usedAt = performance.now();
        return limit.spend(key, spent);
      },
    };
  };

  /** Tells what was spent since the last time, and learns what others have spent of the same. */
  async exchange(): Promise<void> {
    const spent = [...this.#counted]
      .filter(([, counted]) => counted.fresh > 0)
      .map(([key, counted]) => ({ key, points: counted.fresh }));
    const sums = spent.length === 0 ? [] : await this.#share(spent);
    const mine = new Map(spent.map(({ key, points }) => [key, points]));
    for (const sum of sums) {
      const counted = this.#counted.get(sum.key);
      if (counted !== undefined) learn(counted, mine.get(sum.key) ?? 0, sum);
    }
    const before = performance.now() - keptMilliseconds;
    for (const [name, counted] of this.#counted) {
      if (counted.fresh === 0 && counted.usedAt < before) this.#counted.delete(name);
    }
  }
}

function fresh(limit: CountedLimit, key: string): Counted {
  return { limit, key, fresh: 0, minute: 0, told: 0, others: 0, usedAt: 0 };
}

function learn(counted: Counted, mine: number, { points, minute }: SharedSpending): void {
  counted.fresh -= mine;
  if (minute !== counted.minute) Object.assign(counted, { minute, told: 0, others: 0 });
  counted.told += mine;
  const others = points - counted.told;
  if (others > counted.others) counted.limit.add(counted.key, others - counted.others);
  counted.others = others;
}
