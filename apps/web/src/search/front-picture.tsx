'use client';

import type { SearchDetail } from '@blockwise/client';
import {
  type Axis,
  type ConstraintsInput,
  ParetoFrontDocument,
  type ParetoFrontQuery,
} from '@blockwise/client';
import { useMemo, useState } from 'react';
import { useClient } from '../api/api-provider.tsx';
import { useAnswer } from '../api/use-answer.ts';
import { FrontChart } from '../charts/front-chart.tsx';
import { formatExact, formatInline, formatLoss, formatLossTick } from '../ui/format.ts';
import { Empty, Problem } from '../ui/page.tsx';
import styles from './budget-panel.module.css';
import { type CostAxis, costAxes } from './cost-axes.ts';
import type { Solution } from './solution-table.tsx';

/** The whole exact front of predicted loss over one cost, with the networks of the budget on it. */
export function FrontPicture({
  search,
  solutions,
  constraints,
  hasLatency,
}: {
  search: SearchDetail;
  solutions: readonly Solution[];
  constraints: ConstraintsInput;
  hasLatency: boolean;
}) {
  const client = useClient();
  const [chosen, setChosen] = useState<Axis>('MACS');
  const axis = costAxes.find((each) => each.axis === chosen) ?? macs;
  // Asked again when the ratings or the latencies it rests on are others.
  const question = `${search.id} ${axis.axis} ${search.latencyTables.map(({ measuredAt }) => measuredAt)}`;
  const { value, error } = useAnswer(question, async (signal) => {
    const variables = { search: search.id, x: axis.axis };
    const { paretoFront } = await client.request(ParetoFrontDocument, variables, { signal });
    return { axis, paretoFront };
  });
  const shown = value?.axis ?? axis;
  const front = useMemo(
    () => (value === undefined ? [] : pointsOf(value.paretoFront, value.axis)),
    [value],
  );
  const { min, max } = constraints[shown.key] ?? {};
  return (
    <figure className={styles.front}>
      <figcaption className={styles.caption}>
        <label>
          Least loss over{' '}
          <select value={axis.axis} onChange={(event) => setChosen(event.target.value as Axis)}>
            {costAxes.map((each) => (
              <option
                key={each.axis}
                value={each.axis}
                disabled={each.key === 'latencyMs' && !hasLatency}
              >
                {formatInline(each.name)}
              </option>
            ))}
          </select>
        </label>
        {value && (
          <span className={styles.note}>
            {formatExact(value.paretoFront.count)} of {formatExact(search.spaceSize)} networks: no
            other has less of both. Numbers: the networks in the table.
          </span>
        )}
      </figcaption>
      {error && <Problem>{error.message}</Problem>}
      {value === undefined ? (
        !error && <Empty>Solving…</Empty>
      ) : (
        <FrontChart
          front={front}
          marks={solutions.flatMap((solution, place) => {
            const x = solution[shown.key];
            return x == null
              ? []
              : [
                  {
                    x: Number(x),
                    y: solution.loss,
                    name: `${place + 1}: ${nameOf(shown, x, solution.loss)}`,
                  },
                ];
          })}
          bound={{ ...(min != null && { min }), ...(max != null && { max }) }}
          x={{ name: formatInline(shown.name), format: shown.format }}
          y={{ name: 'predicted loss', format: formatLossTick }}
          label={`Least predicted loss over ${formatInline(shown.name)}: ${formatExact(front.length)} networks`}
        />
      )}
    </figure>
  );
}

const [, macs] = costAxes as readonly [CostAxis, CostAxis, ...CostAxis[]];

function pointsOf(front: ParetoFrontQuery['paretoFront'], axis: CostAxis) {
  const xs = front[axis.key] ?? [];
  return front.losses.map((loss, i) => {
    const x = Number(xs[i]);
    return { x, y: loss, name: `${nameOf(axis, x, loss)}\n${front.encodings[i]}` };
  });
}

function nameOf({ name, format }: CostAxis, x: string | number, loss: number): string {
  return `loss ${formatLoss(loss)} with ${format(x)} ${formatInline(name)}`;
}
