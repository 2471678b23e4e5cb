import type { EventDetailFragment } from '@blockwise/client';

/** Events kept while a page is open. */
const most = 500;

/** Events of a search as they come, newest first, without points and progress. */
export class EventLog {
  readonly #listeners = new Set<() => void>();
  /** A new list for every event. */
  events: readonly EventDetailFragment[] = [];

  add(event: EventDetailFragment): void {
    if (event.kind === 'CURVE_POINTS' || event.kind === 'JOB_PROGRESS') return;
    this.events = [event, ...this.events].slice(0, most);
    for (const listener of this.#listeners) listener();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}
