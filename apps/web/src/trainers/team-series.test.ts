import { expect, test } from 'vitest';
import { teamSeries } from './team-series.ts';

const team = (name: string, seconds: number[], secondsOnGpu = [0, 0]) => ({
  ...{ team: { id: name, name }, seconds, secondsOnGpu },
});

test('is in hours, the most first, on GPUs alone if asked', () => {
  const teams = [team('a', [3600, 7200]), team('b', [0, 7200], [0, 3600])];
  expect(teamSeries(teams, false, 'others')).toEqual([
    { name: 'a', values: [1, 2] },
    { name: 'b', values: [0, 2] },
  ]);
  expect(teamSeries(teams, true, 'others')).toEqual([{ name: 'b', values: [0, 1] }]);
});

test('seven teams have colours of their own; of more the last ones are one', () => {
  const teams = Array.from({ length: 9 }, (_, i) => team(`${i}`, [3600 * (9 - i), 3600]));
  expect(teamSeries(teams.slice(0, 7), false, 'others').at(-1)).toEqual({
    name: '6',
    values: [3, 1],
  });
  const series = teamSeries(teams, false, 'others');
  expect(series).toHaveLength(7);
  expect(series.at(-1)).toEqual({ name: 'others', values: [3 + 2 + 1, 3] });
});
