import type { RequestHandler } from 'express';
import { refuse } from '../http/refusal.ts';
import { maxUrlCharacters } from '../limits.ts';
import { ratePerMinute } from './rate.ts';

/** Refuses addresses (URLs) that are too long, and whoever sends more requests than is reasonable. */
export function limitRequests(requestsPerMinute: number): RequestHandler {
  const rate = ratePerMinute(requestsPerMinute, 'Requests from your address');
  return async (request, response, next) => {
    if (request.originalUrl.length > maxUrlCharacters) {
      refuse(response, 414, `An address may have ${maxUrlCharacters} characters at most.`);
      return;
    }
    await rate.spend(request.ip ?? '', 1);
    next();
  };
}
