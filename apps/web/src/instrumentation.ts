import type { Instrumentation } from 'next';

/** Called by Next once, when the server starts. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { serverLog } = await import('./server-log.ts');
  serverLog().info({ api: process.env.API_URL }, 'the dashboard is ready');
}

/** Called by Next for what a page threw on the server; the page shows the same `digest`. */
export const onRequestError: Instrumentation.onRequestError = async (error, request, context) => {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { serverLog } = await import('./server-log.ts');
  const { digest } = error as { digest?: string };
  const { pathname } = new URL(request.path, 'http://localhost');
  serverLog().error(
    { err: error, digest, method: request.method, path: pathname, route: context.routePath },
    'a page failed',
  );
};
