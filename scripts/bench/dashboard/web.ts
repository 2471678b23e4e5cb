import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const patienceSeconds = 60;

/** The production build of the pages as a process of its own, before an API. */
export interface BenchWeb {
  readonly url: string;
  close(): Promise<void>;
}

/** @throws when it does not answer within a minute */
export async function startWeb(root: string, port: number, apiUrl: string): Promise<BenchWeb> {
  const folder = path.join(root, 'apps/web');
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(
    process.execPath,
    [
      path.join(folder, 'node_modules/next/dist/bin/next'),
      ...['start', '--hostname', '127.0.0.1', '--port', String(port)],
    ],
    {
      cwd: folder,
      env: {
        ...process.env,
        ...{ NODE_ENV: 'production', API_URL: apiUrl, NEXT_TELEMETRY_DISABLED: '1' },
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  const close = async () => {
    if (child.exitCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  };
  const end = performance.now() + 1000 * patienceSeconds;
  while (child.exitCode === null && performance.now() < end) {
    const answer = await fetch(url, { redirect: 'manual' }).catch(() => null);
    if (answer !== null) return { url, close };
    await sleep(200);
  }
  await close();
  throw new Error(`The dashboard did not answer within ${patienceSeconds} s.`);
}
