/** Something that is done again and again until it is closed. */
export interface Repeated {
  /** Resolves when the last round is over. */
  close(): Promise<void>;
}

/** Does a task every so many seconds, never twice at a time; what goes wrong is told, and it goes on. */
export function repeat(
  task: () => Promise<unknown>,
  options: { readonly everySeconds: number; readonly onError: (error: unknown) => void },
): Repeated {
  let running: Promise<void> | null = null;
  const timer = setInterval(() => {
    running ??= task()
      .then(() => undefined, options.onError)
      .finally(() => {
        running = null;
      });
  }, options.everySeconds * 1000);
  return {
    async close() {
      clearInterval(timer);
      await running;
    },
  };
}
