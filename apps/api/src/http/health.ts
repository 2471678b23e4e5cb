import { proveReady } from '@blockwise/db';
import { Router } from 'express';
import type { Log } from '../log.ts';
import type { Resources } from '../resources.ts';

/**
 * `/healthz`: the process answers. `/readyz`: it can serve, because its database answers; 503 when
 * it does not.
 */
export function createHealthRoutes({ database }: Resources, log: Log): Router {
  const routes = Router();
  routes.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  routes.get('/readyz', async (_request, response) => {
    try {
      await proveReady(database);
      response.json({ status: 'ready' });
    } catch (error) {
      log.warn({ err: error }, 'not ready');
      response.status(503).json({ status: 'the database does not answer' });
    }
  });
  return routes;
}
