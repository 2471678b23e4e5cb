/** Times that one looks back on, each cut into parts that people count in. */
export const windows = ['day', 'week', 'month', 'quarter'] as const;
export type Window = (typeof windows)[number];

/** How a window is cut: so many hours, or so many times so many days. */
const cuts: Record<Window, { readonly parts: number; readonly hours?: 1; readonly days?: number }> =
  {
    day: { parts: 24, hours: 1 },
    week: { parts: 7, days: 1 },
    month: { parts: 30, days: 1 },
    quarter: { parts: 13, days: 7 },
  };

/**
 * Where the parts of a window begin and end, the last one with the hour or day that is now: whole hours and
 * midnights of the reader's time zone, so that they stay the same for as long as the last part lasts.
 */
export function boundsOf(window: Window, now: Date): Date[] {
  const { parts, hours, days = 1 } = cuts[window];
  const end = new Date(now);
  if (hours === undefined) end.setHours(24, 0, 0, 0);
  else end.setHours(now.getHours() + 1, 0, 0, 0);
  return Array.from({ length: parts + 1 }, (_, i) => {
    const back = parts - i;
    const at = new Date(end);
    // By the calendar: a day of a change of clocks has 23 or 25 hours.
    if (hours === undefined) at.setDate(at.getDate() - back * days);
    else at.setTime(at.getTime() - back * 3_600_000);
    return at;
  });
}
