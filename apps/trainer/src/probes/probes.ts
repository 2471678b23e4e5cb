import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { answerScrape, refusalOfScrape } from '@blockwise/telemetry';
import type { TrainerMetrics } from './trainer-metrics.ts';

export interface ProbeOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Who may read metrics and details: whoever has it; this machine alone without one. */
  readonly token: string | undefined;
  readonly metrics: TrainerMetrics;
  /** Resolves while the trainer reaches what it gets its jobs from. */
  readonly proveReady: () => Promise<unknown>;
}

export interface Probes {
  readonly port: number;
  close(): Promise<void>;
}

/** What is asked behind a probe's back may hang longer than whoever probes waits. */
const readyMilliseconds = 3000;

/**
 * Serves `/healthz` (the process answers), `/readyz` (it reaches its database; 503 when it does not)
 * and `/metrics` of a trainer. Whoever may read metrics gets details with the first two.
 *
 * @throws Error when the port is taken
 */
export async function openProbes(options: ProbeOptions): Promise<Probes> {
  const delay = monitorEventLoopDelay();
  delay.enable();
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  const { host, token, metrics, proveReady } = options;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '').split('?')[0];
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405).end();
    } else if (path === '/healthz') {
      tell(request, response, 200, 'ok');
    } else if (path === '/readyz') {
      const isReady = await settlesWithin(proveReady(), readyMilliseconds);
      const status = isReady ? 'ready' : 'the database does not answer';
      tell(request, response, isReady ? 200 : 503, status);
    } else if (path === '/metrics') {
      await answerScrape(request, response, { token, registries: metrics.registries });
    } else {
      response.writeHead(404).end();
    }
  }

  /** Anybody who reaches the port hears the status; how the process is, who may read metrics. */
  function tell(
    request: IncomingMessage,
    response: ServerResponse,
    code: number,
    status: string,
  ): void {
    const details =
      refusalOfScrape(request, token) === undefined
        ? { eventLoopDelaySeconds: delay.max / 1e9, lastStepAgeSeconds: metrics.lastStepAge() }
        : {};
    if ('eventLoopDelaySeconds' in details) delay.reset();
    response
      .writeHead(code, { 'Content-Type': 'application/json' })
      .end(JSON.stringify({ status, ...details }));
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, host, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : options.port,
    async close() {
      delay.disable();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Whether a promise is fulfilled in time. */
function settlesWithin(asked: Promise<unknown>, milliseconds: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), milliseconds);
    asked
      .then(
        () => resolve(true),
        () => resolve(false),
      )
      .finally(() => clearTimeout(timer));
  });
}
