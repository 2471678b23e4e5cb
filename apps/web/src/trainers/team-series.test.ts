import { expect, test } from 'vitest';
import { teamSeries, unitOf } from './team-series.ts';

const team = (name: string, seconds: number[], secondsOnGpu = [0, 0]) => ({
  ...{ team: { id: name, name }, seconds, secondsOnGpu },
});

test('has the most first, on GPUs alone if asked', () => {
  const teams = [team('b', [0, 7200], [0, 3600]), team('a', [3600, 7200])];
  expect(teamSeries(teams, false, 'others')).toEqual([
    { name: 'a', values: [3600, 7200] },
    { name: 'b', values: [0, 7200] },
  ]);
  expect(teamSeries(teams, true, 'others')).toEqual([{ name: 'b', values: [0, 3600] }]);
});

test('seven teams have colours of their own; of more the last ones are one', () => {
  const teams = Array.from({ length: 9 }, (_, i) => team(`${i}`, [9 - i, 1]));
  expect(teamSeries(teams.slice(0, 7), false, 'others').at(-1)).toEqual({
    name: '6',
    values: [3, 1],
  });
  const series = teamSeries(teams, false, 'others');
  expect(series).toHaveLength(7);
  expect(series.at(-1)).toEqual({ name: 'others', values: [3 + 2 + 1, 3] });
});

test('little is counted in minutes, by the highest sum', () => {
  const series = (...values: number[]) => ({ name: `${values}`, values });
  expect(unitOf([]).name).toBe('minutes');
  expect(unitOf([series(3600, 5000), series(0, 1000)]).name).toBe('minutes');
  expect(unitOf([series(3600, 5000), series(0, 3000)]).name).toBe('hours');
});
