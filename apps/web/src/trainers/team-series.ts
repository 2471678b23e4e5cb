import type { TrainerUseQuery } from '@blockwise/client';
import type { BarSeries } from '../charts/stacked-bars.tsx';

/** Teams with a colour of their own; the others are one. */
const mostTeams = 6;

/** Seconds by team as series, the team with the most first; those without any are left out. */
export function teamSeries(
  teams: TrainerUseQuery['trainerUse'],
  onGpu: boolean,
  otherTeams: string,
): BarSeries[] {
  const all = teams
    .map(({ team, seconds, secondsOnGpu }) => ({
      name: team.name,
      values: onGpu ? secondsOnGpu : seconds,
    }))
    .filter(({ values }) => values.some((value) => value > 0))
    .sort((a, b) => total(b.values) - total(a.values));
  const own = all.slice(0, all.length > mostTeams + 1 ? mostTeams : mostTeams + 1);
  const others = all.slice(own.length);
  const [first] = others;
  if (first === undefined) return own;
  const values = first.values.map((_, part) => total(others.map((each) => each.values[part] ?? 0)));
  return [...own, { name: otherTeams, values }];
}

/** A unit in which the highest bar is easy to read. */
export function unitOf(series: readonly BarSeries[]): {
  name: 'minutes' | 'hours';
  seconds: number;
} {
  const parts = series[0]?.values.map((_, part) =>
    total(series.map((each) => each.values[part] ?? 0)),
  );
  return Math.max(0, ...(parts ?? [])) < 2 * 3600
    ? { name: 'minutes', seconds: 60 }
    : { name: 'hours', seconds: 3600 };
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
