import { DomainError } from '@blockwise/contracts';
import type { RequestHandler } from 'express';
import { maxUrlCharacters } from '../limits.ts';
import { ratePerMinute } from './rate.ts';

/** Refuses addresses (URLs) that are too long, and whoever sends more requests than is reasonable. */
export function limitRequests(requestsPerMinute: number): RequestHandler {
  const rate = ratePerMinute(requestsPerMinute, 'Requests from your address');
  return async (request, _response, next) => {
    if (request.originalUrl.length > maxUrlCharacters) {
      throw new DomainError('BAD_INPUT', `An address may have ${maxUrlCharacters} characters.`);
    }
    await rate.spend(request.ip ?? '', 1);
    next();
  };
}
