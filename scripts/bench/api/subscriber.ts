import { setTimeout as pause } from 'node:timers/promises';
import {
  ClientError,
  type ClientOptions,
  createClient,
  FollowCurvesDocument,
} from '../../../packages/client/src/index.ts';
import type { Receipts } from './receipts.ts';
import { clock } from './reports.ts';

export interface SubscriberOptions extends ClientOptions {
  /** Opaque id. */
  readonly search: string;
  /** Points that there will be, of all curves. */
  readonly points: number;
  /** How long it stays away when its connection is lost. */
  readonly awayMilliseconds: number;
}

/** A reader of a search's curves on a socket of its own, who comes back with its cursor. */
export class Subscriber {
  /** Points of steps that were passed over: a loss, even if they come later. */
  lost = 0;
  /** Points that it had already. */
  doubled = 0;
  /** How often it came back. */
  resumed = 0;
  /** Points that it got on coming back, of reports from before. */
  caughtUp = 0;
  readonly #options: SubscriberOptions;
  readonly #receipts: Receipts;
  readonly #lastSteps = new Map<string, number>();
  #received = 0;
  #after: string | null = null;
  #ended = false;
  #end: () => void = () => undefined;

  constructor(options: SubscriberOptions, receipts: Receipts) {
    this.#options = options;
    this.#receipts = receipts;
  }

  get missing(): number {
    return this.#options.points - this.#received;
  }

  /** Reads until it has all points, or is told to end. `onFirst` hears of the first payload. */
  async follow(onFirst: () => void): Promise<void> {
    const { search, awayMilliseconds, ...to } = this.#options;
    const client = createClient(to);
    while (!this.#ended && this.missing > 0) {
      const pages = client.subscribe(FollowCurvesDocument, { search, after: this.#after });
      this.#end = () => void pages.return?.();
      try {
        let liveSince: number | undefined;
        for await (const { curvePoints: page } of pages) {
          if (liveSince === undefined && this.#after === null) onFirst();
          liveSince ??= clock();
          for (const curve of page.curves) this.#take(curve, liveSince);
          this.#after = page.cursor;
          if (this.missing <= 0) break;
        }
      } catch (error) {
        if (!(error instanceof ClientError) || error.code !== 'UNREACHABLE') throw error;
        this.resumed++;
        await pause(awayMilliseconds);
      }
    }
    await client.close();
  }

  end(): void {
    this.#ended = true;
    this.#end();
  }

  #take(
    { job, key, steps, values }: { job: string; key: string; steps: number[]; values: number[] },
    liveSince: number,
  ): void {
    const now = clock();
    const name = `${job} ${key}`;
    let last = this.#lastSteps.get(name) ?? 0;
    for (const [i, step] of steps.entries()) {
      if (step <= last) {
        this.doubled++;
        continue;
      }
      this.lost += step - last - 1;
      last = step;
      this.#received++;
      const sent = values[i] ?? 0;
      // What was reported while it was away says nothing about the server.
      if (sent >= liveSince) this.#receipts.add(job, step, sent, now);
      else this.caughtUp++;
    }
    this.#lastSteps.set(name, last);
  }
}
