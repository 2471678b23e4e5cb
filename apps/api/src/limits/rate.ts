import { DomainError } from '@blockwise/contracts';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** Too much was asked for in this minute. */
export class RateLimitedError extends DomainError {
  /** When to ask again. */
  readonly retryAfterSeconds: number;

  constructor(message: string, retryAfterSeconds: number) {
    super('RATE_LIMITED', message);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Counts points by key and minute, in the memory of this process. */
export interface RateLimit {
  /** @throws RateLimitedError when the key has used up its minute */
  spend(key: string, points: number): Promise<void>;
}

/** A limit that can be told what was spent elsewhere. */
export interface CountedLimit extends RateLimit {
  /** Takes points from the key's minute without asking whether there are so many. */
  add(key: string, points: number): void;
}

/** Makes a limit of so many points in a minute; `what` is counted, in words. */
export type PerMinute = (points: number, what: string) => RateLimit;

export function ratePerMinute(points: number, what: string): CountedLimit {
  const limiter = new RateLimiterMemory({ points, duration: 60 });
  return {
    add(key, spent) {
      void limiter.penalty(key, spent);
    },
    async spend(key, spent) {
      try {
        await limiter.consume(key, spent);
      } catch (reason) {
        if (!(reason instanceof RateLimiterRes)) throw reason;
        const seconds = Math.max(1, Math.ceil(reason.msBeforeNext / 1000));
        throw new RateLimitedError(
          `${what}: at most ${points} in a minute. Ask again in ${seconds} s.`,
          seconds,
        );
      }
    },
  };
}
