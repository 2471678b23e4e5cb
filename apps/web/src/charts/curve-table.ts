import type { TableData } from '../ui/data-table.tsx';
import type { ChartSeries } from './curve-layer.ts';

/** The table behind curves: a row for each point, in the order of the series. */
export function curveTable(
  series: readonly ChartSeries[],
  names: { readonly series: string; readonly step: string; readonly value: string },
): TableData {
  return {
    columns: [
      { name: names.series },
      { name: names.step, isNumber: true },
      { name: names.value, isNumber: true },
    ],
    rows: series.flatMap(({ name, curve }) =>
      Array.from(curve.steps, (step, at) => [name, step, curve.values[at] ?? null]),
    ),
  };
}
