import type { RequestHandler } from 'express';
import { refuse } from '../http/refusal.ts';
import { maxUrlCharacters } from '../limits.ts';
import type { PerMinute, RateLimit } from './rate.ts';

/** Counts requests by address, sockets that are opened among them. */
export function requestRate(requestsPerMinute: number, perMinute: PerMinute): RateLimit {
  return perMinute(requestsPerMinute, 'Requests from your address');
}

/** Refuses addresses (URLs) that are too long, and whoever sends more requests than is reasonable. */
export function limitRequests(rate: RateLimit): RequestHandler {
  return async (request, response, next) => {
    if (request.originalUrl.length > maxUrlCharacters) {
      refuse(response, 414, `An address may have ${maxUrlCharacters} characters at most.`);
      return;
    }
    await rate.spend(request.ip ?? '', 1);
    next();
  };
}
