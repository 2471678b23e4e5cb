import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parser } from '@prometheus-io/lezer-promql';
import { parse } from 'yaml';
import { z } from 'zod';

const root = path.resolve(import.meta.dirname, '../..');

/** An expression of the dashboard or of a rule, and where it stands. */
export interface Expression {
  readonly where: string;
  readonly expr: string;
}

const target = z.object({ refId: z.string().regex(/^[A-Z]$/), expr: z.string().min(1) });
const panel = z.object({
  id: z.int().positive(),
  type: z.enum(['row', 'stat', 'timeseries']),
  title: z.string().min(1),
  gridPos: z.object({ x: z.int(), y: z.int(), w: z.int().positive(), h: z.int().positive() }),
  targets: z.array(target).default([]),
});
export const dashboard = z.object({
  uid: z.string().min(1),
  title: z.string().min(1),
  schemaVersion: z.int().min(36),
  templating: z.object({ list: z.array(z.object({ name: z.string(), type: z.string() })) }),
  panels: z.array(panel),
});
export type Panel = z.infer<typeof panel>;

const duration = z.string().regex(/^\d+[smhd]$/);
export const ruleFile = z.strictObject({
  groups: z.array(
    z.strictObject({
      name: z.string(),
      rules: z.array(
        z.strictObject({
          alert: z.string().regex(/^Blockwise[A-Za-z]+$/),
          expr: z.string(),
          for: duration.optional(),
          labels: z.strictObject({ severity: z.enum(['warning', 'critical']) }),
          annotations: z.strictObject({ summary: z.string(), action: z.string() }),
        }),
      ),
    }),
  ),
});

export async function readDashboard() {
  const text = await readFile(path.join(root, 'docker/grafana/blockwise.json'), 'utf8');
  return dashboard.parse(JSON.parse(text));
}

export async function readRules() {
  return ruleFile.parse(
    parse(await readFile(path.join(root, 'docker/prometheus/alerts.yml'), 'utf8')),
  );
}

/** All expressions of both files. */
export async function readExpressions(): Promise<Expression[]> {
  const [{ panels }, { groups }] = await Promise.all([readDashboard(), readRules()]);
  return [
    ...panels.flatMap(({ title, targets }) =>
      // Grafana fills in what it calls by these names.
      targets.map(({ expr }) => ({
        where: `panel ${title}`,
        expr: expr.replaceAll('$__rate_interval', '5m'),
      })),
    ),
    ...groups.flatMap(({ rules }) =>
      rules.map(({ alert, expr }) => ({ where: `rule ${alert}`, expr })),
    ),
  ];
}

/**
 * Names of metrics in an expression, by the grammar of Prometheus.
 *
 * @throws Error when it is no expression
 */
export function metricsIn({ where, expr }: Expression): string[] {
  const names: string[] = [];
  parser.parse(expr).iterate({
    enter(node) {
      if (node.type.isError) throw new Error(`${where}: ${expr} fails at ${node.from}`);
      if (node.name === 'VectorSelector') {
        const name = /^[a-zA-Z_:][\w:]*/.exec(expr.slice(node.from, node.to))?.[0];
        if (name !== undefined) names.push(name);
      }
    },
  });
  return names;
}
