import { expect, test } from 'vitest';
import { metricsIn, type Panel, readDashboard, readExpressions, readRules } from './expressions.ts';

test('panels have their own ids and places within the width of a dashboard', async () => {
  const { panels, templating } = await readDashboard();
  expect(templating.list).toMatchObject([{ name: 'datasource', type: 'datasource' }]);
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  const overlap = ({ gridPos: a }: Panel, { gridPos: b }: Panel) =>
    a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
  for (const [i, one] of panels.entries()) {
    expect(one.gridPos.x + one.gridPos.w).toBeLessThanOrEqual(24);
    expect(one.targets.length > 0).toBe(one.type !== 'row');
    expect(new Set(one.targets.map(({ refId }) => refId)).size).toBe(one.targets.length);
    expect(panels.slice(i + 1).filter((other) => overlap(one, other))).toEqual([]);
  }
});

test('rules have names of their own and say what to do', async () => {
  const rules = (await readRules()).groups.flatMap((group) => group.rules);
  expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
  for (const { annotations } of rules) {
    expect(annotations.summary).toMatch(/\.$/);
    expect(annotations.action).toMatch(/\.\)?$/);
  }
});

test('every expression is one of Prometheus', async () => {
  for (const one of await readExpressions()) expect(metricsIn(one)).not.toEqual([]);
  const where = 'here';
  expect(metricsIn({ where, expr: 'sum by (a) (rate(x_total{b="c"}[5m])) / y' })).toEqual([
    ...['x_total', 'y'],
  ]);
  for (const expr of ['sum(x', 'sum by (a (x)', 'x > > 1']) {
    expect(() => metricsIn({ where, expr })).toThrow('here: ');
  }
});
