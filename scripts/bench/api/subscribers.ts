import path from 'node:path';
import { cancelSearch } from '../../../packages/db/src/index.ts';
import type { Measured } from '../figures.ts';
import { globalId } from './ask.ts';
import { startLineChild } from './line-child.ts';
import type { ReceiptTotals } from './receipts.ts';
import { reportedKeys, stepsOfReport } from './reports.ts';
import { plainSpace, startCells } from './seed.ts';
import type { BenchApi, BenchPlatform } from './server.ts';

export interface SubscribersPlan {
  /** With a socket each, all on one API process. */
  readonly subscribers: number;
  /** Of these, whose connections are cut when half of the reports were sent. */
  readonly cut: number;
  readonly trainers: number;
  /** Of each trainer. */
  readonly reports: number;
  readonly everyMilliseconds: number;
}

/** What the subscribers tell of a run, all of them together. */
export interface SubscribersTold extends ReceiptTotals {
  /** Points that never came, or came behind later ones of their curve. */
  readonly lost: number;
  readonly doubled: number;
  /** How often one came back with its cursor. */
  readonly resumed: number;
  /** Points that those who came back had missed until then. */
  readonly caughtUp: number;
}

/** How long subscribers have for what is still under way when the last report was sent. */
const patienceSeconds = 30;

export function subscribersOf(quick: boolean): SubscribersPlan {
  return {
    ...{ trainers: 10, everyMilliseconds: 1000 },
    ...(quick
      ? { subscribers: 200, cut: 20, reports: 8 }
      : { subscribers: 1000, cut: 100, reports: 30 }),
  };
}

/**
 * Trainers report steps, and every subscriber follows all of them. A time is from before a report is
 * written until the last subscriber has it; what a subscriber missed while it was away is not timed.
 *
 * @throws Error when a subscriber lost a point, got one twice, or those who were cut did not come back
 */
export async function measureSubscribers(
  { db, queue, url }: Pick<BenchPlatform, 'db' | 'queue' | 'url'>,
  api: Pick<BenchApi, 'url' | 'token'>,
  plan: SubscribersPlan,
): Promise<Measured> {
  const { count, p50, p95, max, untilAll, caughtUp } = await followReports(
    { db, queue, url },
    api,
    plan,
  );
  const note =
    `${plan.subscribers} subscribers; ${count} points received, p50 ${p50}, p95 ${p95}, at most ${max} ms; ` +
    `${plan.cut} cut and back with their cursors for ${caughtUp} points; none lost, none doubled`;
  return { times: untilAll, note };
}

/** As {@link measureSubscribers}, in full. */
export async function followReports(
  { db, queue, url }: Pick<BenchPlatform, 'db' | 'queue' | 'url'>,
  api: Pick<BenchApi, 'url' | 'token'>,
  { subscribers, cut, trainers, reports, everyMilliseconds }: SubscribersPlan,
): Promise<SubscribersTold> {
  const searchId = await startCells(db, queue, 'subscribers', plainSpace(trainers));
  const script = (name: string) => path.join(import.meta.dirname, name);
  const points = trainers * reports * stepsOfReport * reportedKeys.length;
  const reporters = startLineChild(
    script('reports-child.ts'),
    ...[url, ...[trainers, reports, everyMilliseconds].map(String)],
  );
  const readers = startLineChild(
    script('subscribers-child.ts'),
    ...[api.url, api.token, globalId('Search', searchId)],
    ...[subscribers, cut, points, patienceSeconds].map(String),
  );
  try {
    // Both are there before anything is reported.
    await Promise.all([reporters.next(), readers.next()]);
    reporters.tell('go');
    await reporters.next();
    readers.tell('cut');
    await reporters.next();
    readers.tell('end');
    const told: SubscribersTold = JSON.parse(await readers.next());
    if (told.lost + told.doubled > 0) {
      throw new Error(`Subscribers lost ${told.lost} points and got ${told.doubled} twice.`);
    }
    if (told.resumed !== cut) {
      throw new Error(`${cut} subscribers were cut; ${told.resumed} times one came back.`);
    }
    return told;
  } finally {
    await Promise.all([reporters.end(), readers.end()]);
    await cancelSearch(db, queue, searchId);
  }
}
