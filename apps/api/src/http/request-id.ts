import { randomUUID } from 'node:crypto';
import { currentWork, requestIdFrom, within } from '@blockwise/telemetry';
import type { RequestHandler } from 'express';
import type { Log } from '../log.ts';

/** Id of the request that is being served; a fresh one outside of requests. */
export function currentRequestId(): string {
  return currentWork()?.requestId ?? randomUUID();
}

/**
 * Gives every request an id, its sender's where it has one (`X-Request-Id`, which the answer has
 * too), and logs how it went. Whatever the request logs or enqueues carries the id.
 */
export function identifyRequests(log: Log): RequestHandler {
  return (request, response, next) => {
    const requestId = requestIdFrom(request.get('x-request-id'));
    const { method, path } = request;
    const began = performance.now();
    response.setHeader('X-Request-Id', requestId);
    response.on('finish', () => {
      const milliseconds = Math.round(performance.now() - began);
      log.debug({ requestId, method, path, status: response.statusCode, milliseconds }, 'request');
    });
    within({ requestId }, next);
  };
}
