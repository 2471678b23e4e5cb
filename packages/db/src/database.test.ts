import { expect, test } from 'vitest';
import { openDatabase } from './database.ts';
import { openTestPlatform, startTestSearch } from './testing/index.ts';
import { isTooSlow } from './too-slow.ts';

test('connections that the server cuts are opened again', async () => {
  const platform = await openTestPlatform();
  await startTestSearch(platform);
  await platform.db.prisma.$queryRaw`
    SELECT pg_terminate_backend(pid)::text FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()`;
  const search = await startTestSearch(platform);
  expect(search.state).toBe('QUEUED');
  expect(await platform.queue.fetch('teacher')).not.toBeNull();
  await platform.close();
});

test('a server that is not there is an error at once, not at the first search', async () => {
  await expect(
    openDatabase({ url: 'postgresql://nobody@127.0.0.1:1/none', applicationName: 'test' }),
  ).rejects.toThrow('127.0.0.1:1');
});

test('a statement that takes too long is ended, alone and in a transaction', async () => {
  const platform = await openTestPlatform();
  const hasty = await openDatabase({
    url: platform.url,
    applicationName: 'hasty',
    statementTimeoutSeconds: 0.2,
  });
  const alone = hasty.prisma.$queryRaw`SELECT pg_sleep(60)::text`;
  expect(isTooSlow(await alone.catch((error: unknown) => error))).toBe(true);
  const together = hasty.prisma.$transaction((tx) => tx.$queryRaw`SELECT pg_sleep(60)::text`);
  expect(isTooSlow(await together.catch((error: unknown) => error))).toBe(true);
  const wrong = hasty.prisma.$queryRaw`SELECT nothing`;
  expect(isTooSlow(await wrong.catch((error: unknown) => error))).toBe(false);
  // The connection is as good as before.
  expect(await hasty.prisma.$queryRaw`SELECT 1 AS one`).toEqual([{ one: 1 }]);
  await hasty.close();
  await platform.close();
});
