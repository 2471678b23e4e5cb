'use client';

import { useTimes } from './use-times.ts';

// What another run would show otherwise is marked `data-volatile`: pictures of pages are compared without it.

/** A moment in the reader's time zone. */
export function Moment({ at }: { at: string }) {
  const { moment } = useTimes();
  return (
    <time dateTime={at} data-volatile>
      {moment(at)}
    </time>
  );
}

/** How long ago; the moment itself when it is pointed at. */
export function Ago({ at }: { at: string }) {
  const { ago, moment } = useTimes();
  return (
    <time dateTime={at} title={moment(at)} data-volatile>
      {ago(at)}
    </time>
  );
}

/** Time between two moments, up to now when the second is missing. */
export function Lasting({
  from,
  to,
}: {
  from: string | null | undefined;
  to: string | null | undefined;
}) {
  const { span } = useTimes();
  return <span data-volatile>{span(from, to)}</span>;
}

/** Seconds in words. */
export function Seconds({ value }: { value: number }) {
  const { duration } = useTimes();
  return <span data-volatile>{duration(value)}</span>;
}
