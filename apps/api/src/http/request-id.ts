import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { Log } from '../log.ts';

const scope = new AsyncLocalStorage<string>();

/** Id of the request that is being served; a fresh one outside of requests. */
export function currentRequestId(): string {
  return scope.getStore() ?? randomUUID();
}

/** Gives every request an id (`X-Request-Id` of the answer) and logs how it went. */
export function identifyRequests(log: Log): RequestHandler {
  return (request, response, next) => {
    const requestId = randomUUID();
    const { method, path } = request;
    const began = performance.now();
    response.setHeader('X-Request-Id', requestId);
    response.on('finish', () => {
      const milliseconds = Math.round(performance.now() - began);
      log.debug({ requestId, method, path, status: response.statusCode, milliseconds }, 'request');
    });
    scope.run(requestId, next);
  };
}
