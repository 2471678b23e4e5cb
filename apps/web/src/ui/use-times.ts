'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { useSyncExternalStore } from 'react';
import { neverChanges } from './never-changes.ts';

/** Times and durations in the reader's language; numbers are the same in every one ({@link ./format.ts}). */
export function useTimes() {
  const format = useFormatter();
  const say = useTranslations('common.duration');
  // A page comes in the server's zone; a browser then knows its reader's.
  const timeZone = useSyncExternalStore(neverChanges, readerZone, () => undefined);

  /** Seconds as `8 s`, `3 min 20 s`, `2 h 05 min`. */
  const duration = (seconds: number): string => {
    const whole = Math.max(0, Math.round(seconds));
    const two = (value: number) => String(value).padStart(2, '0');
    if (whole < 60) return say('seconds', { seconds: String(whole) });
    const minutes = Math.floor(whole / 60);
    if (whole < 3600) {
      return say('minutes', { minutes: String(minutes), seconds: two(whole % 60) });
    }
    return say('hours', { hours: String(Math.floor(minutes / 60)), minutes: two(minutes % 60) });
  };

  return {
    duration,
    /** A moment of the API in the reader's time zone. */
    moment: (iso: string): string =>
      format.dateTime(new Date(iso), {
        ...{ dateStyle: 'medium', timeStyle: 'short' },
        ...(timeZone === undefined ? {} : { timeZone }),
      }),
    /** Time between two moments of the API, up to now when the second is missing. */
    span: (from: string | null | undefined, to: string | null | undefined): string => {
      if (from == null) return '–';
      const end = to == null ? Date.now() : Date.parse(to);
      return duration((end - Date.parse(from)) / 1000);
    },
    /** `3 hours ago`. */
    ago: (iso: string): string => format.relativeTime(new Date(iso), new Date()),
  };
}

function readerZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
