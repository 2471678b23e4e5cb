import { openDatabase, shareSpending } from '@blockwise/db';
import { createTestDatabase } from '@blockwise/db/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RateLimitedError } from './rate.ts';
import { SharedRates } from './shared-rates.ts';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let db: Awaited<ReturnType<typeof openDatabase>>;
beforeAll(async () => {
  database = await createTestDatabase();
  db = await openDatabase({ url: database.url, applicationName: 'rates' });
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

/** Two processes, each with the same limits. */
function twoProcesses() {
  return [1, 2].map(() => {
    const rates = new SharedRates((spent) => shareSpending(db, spent));
    return { rates, limit: rates.perMinute(100, 'Requests') };
  }) as [Process, Process];
}
type Process = { rates: SharedRates; limit: ReturnType<SharedRates['perMinute']> };

describe('a limit of several processes', () => {
  it('counts what was spent at the other one', async () => {
    const [one, two] = twoProcesses();
    await one.limit.spend('a', 60);
    await two.limit.spend('a', 10);
    await one.rates.exchange();
    await two.rates.exchange();
    await expect(two.limit.spend('a', 40)).rejects.toThrow(RateLimitedError);
    // Others have minutes of their own.
    await two.limit.spend('b', 90);
  });

  it('counts everything once, however often it is told', async () => {
    const [one, two] = twoProcesses();
    for (let i = 0; i < 4; i += 1) {
      await one.limit.spend('c', 10);
      await two.limit.spend('c', 10);
      for (const { rates } of [one, two, one]) await rates.exchange();
    }
    await one.limit.spend('c', 25);
    await expect(one.limit.spend('c', 10)).rejects.toThrow(RateLimitedError);
  });

  it('keeps two limits of one key apart', async () => {
    const [one, two] = twoProcesses();
    const other = two.rates.perMinute(100, 'Cost');
    await one.limit.spend('d', 95);
    await one.rates.exchange();
    await other.spend('d', 90);
    await two.rates.exchange();
    await other.spend('d', 5);
  });

  it('holds for each alone while the database is away, and what was spent then is told later', async () => {
    let isAway = true;
    const rates = new SharedRates((spent) => {
      if (isAway) throw new Error('away');
      return shareSpending(db, spent);
    });
    const limit = rates.perMinute(100, 'Requests');
    await limit.spend('e', 90);
    await expect(rates.exchange()).rejects.toThrow('away');
    await expect(limit.spend('e', 20)).rejects.toThrow(RateLimitedError);
    isAway = false;
    await rates.exchange();
    const [, two] = twoProcesses();
    await two.limit.spend('e', 1);
    await two.rates.exchange();
    await expect(two.limit.spend('e', 1)).rejects.toThrow(RateLimitedError);
  });
});
