import { expect, test } from 'vitest';
import { openDatabase } from './database.ts';
import { openTestPlatform, startTestSearch } from './testing/index.ts';

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
