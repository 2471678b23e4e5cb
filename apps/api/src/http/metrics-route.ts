import { answerScrape } from '@blockwise/telemetry';
import { Router } from 'express';
import type { ApiMetrics } from '../metrics/api-metrics.ts';

/** `/metrics`, for Prometheus: its own rule says who may read them, beside the guards of the API. */
export function createMetricsRoute(
  { registries }: Pick<ApiMetrics, 'registries'>,
  token: string | undefined,
): Router {
  const routes = Router();
  routes.get('/metrics', (request, response) =>
    answerScrape(request, response, { token, registries }),
  );
  return routes;
}
