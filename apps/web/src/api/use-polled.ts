'use client';

import { useCallback, useEffect, useRef, useState } from 'react';

export interface Polled<Value> {
  readonly value: Value | undefined;
  /** Of the last try; the last good value stays beside it. */
  readonly error: Error | undefined;
}

/** Loads a value, and again every `everySeconds` while the page is visible. */
export function usePolled<Value>(
  load: (signal: AbortSignal) => Promise<Value>,
  everySeconds: number,
): Polled<Value> {
  const [state, setState] = useState<Polled<Value>>({ value: undefined, error: undefined });
  const latest = useRef(load);
  latest.current = load;

  const refresh = useCallback(async (signal: AbortSignal) => {
    try {
      const value = await latest.current(signal);
      if (!signal.aborted) setState({ value, error: undefined });
    } catch (error) {
      if (signal.aborted) return;
      const failure = error instanceof Error ? error : new Error(String(error));
      setState((before) => ({ value: before.value, error: failure }));
    }
  }, []);

  useEffect(() => {
    const stop = new AbortController();
    void refresh(stop.signal);
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void refresh(stop.signal);
    }, everySeconds * 1000);
    return () => {
      stop.abort();
      clearInterval(timer);
    };
  }, [refresh, everySeconds]);

  return state;
}
