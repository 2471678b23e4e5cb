import { randomUUID } from 'node:crypto';

const wellFormed = /^[\w.-]{8,64}$/;

/**
 * The id of a request: the one that its sender gave it, so that logs on both sides tell of the same,
 * unless it is none that a log could hold; then, as without one, a fresh one.
 */
export function requestIdFrom(given: string | null | undefined): string {
  return given && wellFormed.test(given) ? given : randomUUID();
}
