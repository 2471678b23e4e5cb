import type { Context } from '../context.ts';

/**
 * A subscription's payloads for as long as its viewer may have them. Who the viewer is, and whether
 * it may still see what it asked for, is looked up again every few seconds, also while nothing
 * happens; when it may not any more, the next read throws why, and nothing is delivered.
 *
 * @param allowed throws when the viewer may not (any more) have the payloads
 */
export function whileAllowed<Payload>(
  context: Context,
  allowed: () => Promise<unknown>,
  payloads: AsyncIterableIterator<Payload>,
): AsyncIterableIterator<Payload> {
  let refusal: { readonly error: unknown } | undefined;
  let checking = false;
  const check = async (): Promise<void> => {
    if (checking) return;
    checking = true;
    try {
      await context.renew();
      await allowed();
    } catch (error) {
      refusal = { error };
      end();
      await payloads.return?.();
    } finally {
      checking = false;
    }
  };
  const timer = setInterval(() => void check(), context.recheckMilliseconds);
  const end = (): void => clearInterval(timer);
  const iterator: AsyncIterableIterator<Payload> = {
    async next() {
      try {
        const step = await payloads.next();
        if (refusal !== undefined) throw refusal.error;
        if (step.done) end();
        return step;
      } catch (error) {
        end();
        throw error;
      }
    },
    async return() {
      end();
      await payloads.return?.();
      return { done: true, value: undefined };
    },
    async throw(error) {
      end();
      await payloads.return?.();
      throw error;
    },
    [Symbol.asyncIterator]: () => iterator,
  };
  return iterator;
}
