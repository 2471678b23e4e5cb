'use client';

import { useEffect, useRef, useState } from 'react';

export interface Answer<Value> {
  /** The last good answer, also while the next one is under way. */
  readonly value: Value | undefined;
  readonly error: Error | undefined;
  /** True while both are of an earlier question. */
  readonly isOld: boolean;
}

/**
 * Asks when `question` changes, after `restSeconds` without another change; an undefined question
 * is not asked. Answers to earlier questions are dropped.
 */
export function useAnswer<Value>(
  question: string | undefined,
  ask: (signal: AbortSignal) => Promise<Value>,
  restSeconds = 0,
): Answer<Value> {
  const [answer, setAnswer] = useState<Answered<Value>>({
    question: undefined,
    value: undefined,
    error: undefined,
  });
  const latest = useRef(ask);
  latest.current = ask;

  useEffect(() => {
    if (question === undefined) return;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      latest.current(stop.signal).then(
        (value) => {
          if (!stop.signal.aborted) setAnswer({ question, value, error: undefined });
        },
        (reason: unknown) => {
          if (stop.signal.aborted) return;
          const error = reason instanceof Error ? reason : new Error(String(reason));
          setAnswer(({ value }) => ({ question, value, error }));
        },
      );
    }, restSeconds * 1000);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [question, restSeconds]);

  const { value, error } = answer;
  return { value, error, isOld: answer.question !== question };
}

interface Answered<Value> extends Omit<Answer<Value>, 'isOld'> {
  readonly question: string | undefined;
}
