import { type AuditSpec, auditSpec, jobCatalogue } from '@blockwise/contracts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { auditedNetworks } from '../audited-networks.ts';
import { auditsOf, readAudit } from '../audits.ts';
import { readEvents } from '../events.ts';
import { jobsOf } from '../jobs.ts';
import { jobsOfMany, networksOfAudits, retrainingsOfMany } from '../many.ts';
import { networksOf } from '../networks.ts';
import type { SearchRow } from '../rows.ts';
import { meanRetrainingSeconds, searchSeconds } from '../run-seconds.ts';
import { readSearch } from '../searches.ts';
import { cancelSearch } from '../steering/cancel-search.ts';
import {
  boardEntries,
  openTestPlatform,
  plannedNetworks,
  playJob,
  playUntil,
  rateResult,
  retrainResult,
  startTestSearch,
  type TestPlatform,
  takeAttempt,
} from '../testing/index.ts';
import { cancelAudit } from './cancel-audit.ts';
import { startAudit } from './start-audit.ts';

let platform: TestPlatform;
let search: SearchRow;
let before: SearchRow | null;
beforeEach(async () => {
  platform = await openTestPlatform();
  search = await startTestSearch(platform);
  await playUntil(platform, search, 'end');
  before = await readSearch(platform.db, search.id);
});
afterEach(async () => {
  expect(platform.errors).toEqual([]);
  await platform.close();
});

const failure = { code: 'DIVERGED', message: 'the loss is NaN' } as const;

function specOf(networks: number, training: Partial<AuditSpec['training']> = {}): AuditSpec {
  return auditSpec.parse({ networks, training });
}

function start(networks: number, idempotencyKey?: string, trainings = 1) {
  return startAudit(platform.db, platform.queue, {
    searchId: search.id,
    spec: specOf(networks, { seeds: trainings }),
    networks: plannedNetworks(networks, trainings),
    idempotencyKey,
  });
}

/** States that the audit went through, as its events tell it. */
async function told(): Promise<string[]> {
  const events = await readEvents(platform.db, search.id, 0, 10_000);
  return events.flatMap(({ event }) => (event.kind === 'AUDIT_CHANGED' ? [event.state] : []));
}

test('an audit runs on a COMPLETE search, which stays what it was', async () => {
  const { db } = platform;
  const audit = await start(5);
  expect(audit).toMatchObject({ searchId: search.id, state: 'QUEUED', failure: null });
  const drawn = await networksOfAudits(db, [audit.id]);
  expect(drawn.map(({ origin, rank, auditId }) => [origin, rank, auditId])).toEqual(
    Array(5).fill(['AUDIT', null, audit.id]),
  );
  await playJob(await takeAttempt(platform, 'retrain'), 0.3);
  expect((await readAudit(db, audit.id))?.state).toBe('RUNNING');
  expect(await readSearch(db, search.id)).toMatchObject({ state: 'COMPLETE', phase: null });
  await playUntil(platform, search, 'end');

  expect(await readAudit(db, audit.id)).toMatchObject({ state: 'COMPLETE', failure: null });
  expect(await told()).toEqual(['QUEUED', 'RUNNING', 'COMPLETE']);
  const after = await readSearch(db, search.id);
  expect({ ...after, eventCursor: 0 }).toEqual({ ...before, eventCursor: 0 });
  expect(after?.eventCursor).toBeGreaterThan(before?.eventCursor ?? 0);
  // Networks drawn at random are neither the search's nor the leaderboard's.
  expect(await networksOf(db, search.id)).toHaveLength(2);
  expect(await networksOf(db, search.id, 'AUDIT')).toHaveLength(5);
  expect(await boardEntries(db)).toHaveLength(2);
});

test('its networks come with the rating of each of their paths', async () => {
  const { db } = platform;
  const audit = await start(5);
  await playJob(await takeAttempt(platform, 'retrain'), 0.3);
  const rows = await auditedNetworks(db, audit.id);
  const [small, large] = [rateResult(6).losses, rateResult(36).losses];
  expect(rows.map(({ losses }) => losses)).toEqual(
    plannedNetworks(5).map((_, i) =>
      // Path [i, 1] of six ops is number 6 i + 1.
      i % 2 === 0 ? [small[i], small[2]] : [large[6 * i + 1], small[2]],
    ),
  );
  expect(rows.map(({ top1 }) => top1)).toEqual([0.3, null, null, null, null]);
  expect(rows[1]).toMatchObject({
    architecture: 'network-2',
    choices: [
      { cell: 1, path: [1, 1] },
      { cell: 0, path: [2] },
    ],
    loss: 0.4,
    params: 90_001,
    macs: 4_000_000_001,
  });
  expect(await auditedNetworks(db, search.id)).toEqual([]);
});

test('the same key answers with the same audit, for something else it is a conflict', async () => {
  const all = await Promise.all([start(5, 'one'), start(5, 'one'), start(5, 'one')]);
  expect(new Set(all.map(({ id }) => id)).size).toBe(1);
  await expect(start(6, 'one')).rejects.toMatchObject({
    code: 'CONFLICT',
    path: ['idempotencyKey'],
  });
  expect(await auditsOf(platform.db, search.id)).toHaveLength(1);
  expect(await networksOf(platform.db, search.id, 'AUDIT')).toHaveLength(5);
  expect((await start(5, 'two')).id).not.toBe(all[0]?.id);
});

test('only a COMPLETE search can be audited, by four networks or more', async () => {
  const { db, queue } = platform;
  const running = await startTestSearch(platform);
  const input = { spec: specOf(4), networks: plannedNetworks(4) };
  await expect(startAudit(db, queue, { ...input, searchId: running.id })).rejects.toMatchObject({
    code: 'CONFLICT',
    message: 'The search is QUEUED; it has to be COMPLETE first.',
  });
  await expect(startAudit(db, queue, { ...input, searchId: 'none' })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
  await expect(
    startAudit(db, queue, { ...input, searchId: search.id, networks: plannedNetworks(3) }),
  ).rejects.toMatchObject({ code: 'BAD_INPUT' });
});

test('a network that cannot be trained fails its job only; four are enough', async () => {
  const audit = await start(5);
  await (await takeAttempt(platform, 'retrain')).fail(failure, { retry: false });
  expect((await readAudit(platform.db, audit.id))?.state).toBe('RUNNING');
  await playUntil(platform, search, 'end');
  expect(await readAudit(platform.db, audit.id)).toMatchObject({ state: 'COMPLETE' });
  expect((await readSearch(platform.db, search.id))?.state).toBe('COMPLETE');
  const events = await readEvents(platform.db, search.id, before?.eventCursor ?? 0, 10_000);
  expect(events.map(({ event }) => event)).toContainEqual({
    kind: 'MESSAGE',
    level: 'WARNING',
    text: "4 of the audit's 5 networks could be trained; the others are left out.",
  });
  const top1 = (await auditedNetworks(platform.db, audit.id)).map((row) => row.top1);
  expect(top1.filter((value) => value === null)).toHaveLength(1);
});

test('with fewer than four the audit is FAILED and says why', async () => {
  const audit = await start(4);
  await playJob(await takeAttempt(platform, 'retrain'));
  await (await takeAttempt(platform, 'retrain')).fail(failure, { retry: false });
  await playUntil(platform, search, 'end');
  expect(await readAudit(platform.db, audit.id)).toMatchObject({
    state: 'FAILED',
    failure: {
      code: 'DIVERGED',
      message:
        'Only 3 of 4 networks could be trained, and an audit needs 4. The first to fail: the loss is NaN',
    },
  });
  await expect(cancelAudit(platform.db, platform.queue, audit.id)).rejects.toMatchObject({
    code: 'CONFLICT',
  });
});

test('a network of several trainings is the mean of those that worked', async () => {
  const audit = await start(4, undefined, 2);
  const first = await takeAttempt(platform, 'retrain');
  await first.completeRetrain(retrainResult('first', 0.25));
  const second = await takeAttempt(platform, 'retrain');
  expect(second.network?.id).toBe(first.network?.id);
  await second.fail(failure, { retry: false });
  const network = (await networksOfAudits(platform.db, [audit.id])).find(
    ({ id }) => id === first.network?.id,
  );
  expect(network).toMatchObject({ top1: 0.25, top1Deviation: null });
  const retrainings = await retrainingsOfMany(platform.db, [first.network?.id ?? '']);
  expect(retrainings.map(({ trained }) => trained?.top1 ?? null)).toEqual([0.25, null]);
});

test('a training of an audit is retried like any other, then fails', async () => {
  const audit = await start(4);
  const first = await takeAttempt(platform, 'retrain');
  await first.fail(failure, { retry: true });
  const { id } = first.job;
  for (let retry = 1; retry <= jobCatalogue.retrain.retryLimit; ) {
    const attempt = await takeAttempt(platform, 'retrain');
    if (attempt.job.id === id) {
      expect(attempt.job.retries).toBe(retry++);
      await attempt.fail(failure, { retry: true });
    } else {
      await playJob(attempt);
    }
  }
  expect((await readAudit(platform.db, audit.id))?.state).toBe('FAILED');
  const jobs = await jobsOf(platform.db, search.id);
  expect(jobs.filter(({ state }) => state !== 'COMPLETE').map((job) => job.id)).toEqual([id]);
});

test('a cancelled audit stops what runs, keeps what was trained, and leaves other work alone', async () => {
  const { db, queue } = platform;
  const audit = await start(4, 'one', 2);
  const other = await start(4, 'two');
  await playJob(await takeAttempt(platform, 'retrain'), 0.3);
  const running = await takeAttempt(platform, 'retrain');
  expect(await cancelAudit(db, queue, audit.id)).toMatchObject({ state: 'CANCELLED' });
  expect(await running.standing()).toBe('CANCELLED');
  await expect(running.completeRetrain(retrainResult('late', 0.5))).rejects.toMatchObject({
    code: 'CANCELLED',
  });
  const states = async (auditId: string) => {
    const ids = new Set((await networksOfAudits(db, [auditId])).map(({ id }) => id));
    const jobs = (await jobsOfMany(db, [search.id])).filter((job) => ids.has(job.networkId ?? ''));
    return [...new Set(jobs.map(({ state }) => state))].sort();
  };
  expect(await states(audit.id)).toEqual(['CANCELLED', 'COMPLETE']);
  expect(await states(other.id)).toEqual(['QUEUED']);
  const kept = (await networksOfAudits(db, [audit.id])).filter(({ top1 }) => top1 !== null);
  expect(kept.map(({ top1 }) => top1)).toEqual([0.3]);
  const { eventCursor } = (await readSearch(db, search.id)) ?? {};
  expect(await cancelAudit(db, queue, audit.id)).toMatchObject({ state: 'CANCELLED' });
  expect((await readSearch(db, search.id))?.eventCursor).toBe(eventCursor);
  await playUntil(platform, search, 'end');
  expect((await readAudit(db, other.id))?.state).toBe('COMPLETE');
  await expect(cancelSearch(db, queue, search.id)).rejects.toMatchObject({ code: 'CONFLICT' });
  await expect(cancelAudit(db, queue, search.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('the cost of a training is the mean over those that worked', async () => {
  const { db } = platform;
  const cost = await searchSeconds(db, search.id);
  const audit = await start(4);
  expect(await meanRetrainingSeconds(db, audit.id)).toBeNull();
  const handed = await takeAttempt(platform, 'retrain');
  await handed.abandon();
  await playUntil(platform, search, 'end');
  const begin = new Date('2026-01-01T00:00:00Z');
  await db.prisma.$transaction([
    db.prisma.$executeRaw`ALTER TABLE run DISABLE TRIGGER run_final`,
    db.prisma.run.updateMany({
      where: { job: { network: { auditId: audit.id } } },
      data: { startedAt: begin, finishedAt: new Date(begin.getTime() + 4000) },
    }),
    db.prisma.$executeRaw`ALTER TABLE run ENABLE TRIGGER run_final`,
  ]);
  // Five attempts at four trainings.
  expect(await meanRetrainingSeconds(db, audit.id)).toBe(5);
  expect(await searchSeconds(db, search.id)).toBe(cost);
});
