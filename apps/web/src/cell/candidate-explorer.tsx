'use client';

import type { CandidateColumns, CellDetailFragment } from '@blockwise/client';
import { useTranslations } from 'next-intl';
import { useCallback, useDeferredValue, useMemo, useState } from 'react';
import { ChartFrame } from '../charts/chart-frame.tsx';
import { anything } from '../charts/number-range.ts';
import { pointColour } from '../charts/palette.ts';
import { PointCloud, type Region } from '../charts/point-cloud.tsx';
import { sequentialColours } from '../charts/sequential.ts';
import { Button } from '../ui/button.tsx';
import { Segments, Select } from '../ui/fields.tsx';
import { formatBytes, formatCount, formatLoss, formatLossTick, formatShare } from '../ui/format.ts';
import { Panel } from '../ui/page.tsx';
import { BoundFields } from './bound-fields.tsx';
import styles from './candidate-explorer.module.css';
import { CandidateList } from './candidate-list.tsx';
import { cloudOf, passing } from './cloud-points.ts';
import { costs, filterOf, type orders, ratings, useExplorer } from './explorer-state.ts';
import { OpChooser } from './op-chooser.tsx';
import { frontOf, indexOfPath, opAt, type PathShape, pathOfIndex } from './paths.ts';

const everything: Region = { x: anything, y: anything };

/** All rated paths of a cell as a cloud and, linked both ways, as a table in any order. */
export function CandidateExplorer({
  cell,
  columns,
}: {
  cell: CellDetailFragment;
  columns: CandidateColumns;
}) {
  const say = useTranslations('cell');
  const [state, setState] = useExplorer();
  const [pointed, setPointed] = useState<number>();
  const shape = useMemo<PathShape>(
    () => ({ layers: cell.layers, ops: cell.ops.length }),
    [cell.layers, cell.ops.length],
  );
  const places = useMemo(
    () => new Map(Array.from(columns.indices, (index, at) => [index, at])),
    [columns],
  );
  const xs = costs.filter((each) => columns[each] !== null);
  const ys = ratings.filter((each) => columns[each] !== null);
  const x = xs.find((each) => each === state.x) ?? 'macs';
  const y = ys.find((each) => each === state.y) ?? 'loss';
  const { colour, ops, view, brush } = state;
  const columnX = columns[x] ?? columns.macs;
  const columnY = columns[y] ?? columns.loss;
  const passes = useMemo(
    () => passing(columns, [columnX, columnY], { brush, ops }, shape),
    [columns, columnX, columnY, brush, ops, shape],
  );
  const cloud = useMemo(
    () => cloudOf(columns, { x, y, colour }, passes, shape),
    [columns, x, y, colour, passes, shape],
  );
  const front = useMemo(
    () => (y === 'top1' ? [] : frontOf(columnX, columnY)),
    [columnX, columnY, y],
  );
  const filter = useMemo(
    () => filterOf({ x, y, brush, ops }, cell.ops),
    [x, y, brush, ops, cell.ops],
  );
  const sort = useCallback(
    (by: (typeof orders)[number], way: 'ASC' | 'DESC') => void setState({ by, way }),
    [setState],
  );
  const pointPath = useCallback(
    (path: string | undefined) =>
      setPointed(path === undefined ? undefined : places.get(indexOfPath(path, shape))),
    [places, shape],
  );
  // The table follows when there is time; the cloud goes with the pointer.
  const listed = useDeferredValue(pointed);
  const best = useMemo(() => columns.ranks.indexOf(1), [columns]);
  const format = { x: formatOf(x), y: formatOf(y) };
  const layer = Number(/^op(\d+)$/.exec(colour)?.[1] ?? 0) - 1;
  const bound = (next: Region) => {
    const isOpen = [next.x.min, next.x.max, next.y.min, next.y.max].every(
      (side) => !Number.isFinite(side),
    );
    void setState({ brush: isOpen ? null : next });
  };
  const pathAt = (at: number) => pathOfIndex(columns.indices[at] ?? 0, shape);

  return (
    <Panel title={say('explorer')}>
      <ChartFrame
        name={`${say('explorer')} ${cell.block}.${cell.index}`}
        table={() => ({
          columns: [
            { name: say('rank'), isNumber: true },
            { name: say('path') },
            ...[...ys, ...xs].map((each) => ({ name: say(`axis.${each}`), isNumber: true })),
          ],
          rows: Array.from(columns.indices, (_, at) => [
            columns.ranks[at] ?? null,
            pathAt(at),
            ...[...ys, ...xs].map((each) => columns[each]?.[at] ?? null),
          ]),
        })}
        aside={
          <>
            <Select
              label={say('x')}
              value={x}
              options={xs.map((value) => ({ value, name: say(`axis.${value}`) }))}
              onChange={(next) => void setState({ x: next, view: null, brush: null })}
            />
            <Select
              label={say('y')}
              value={y}
              options={ys.map((value) => ({ value, name: say(`axis.${value}`) }))}
              onChange={(next) => void setState({ y: next, view: null, brush: null })}
            />
            <Select
              label={say('colour')}
              value={colour}
              options={[
                ...Array.from({ length: cell.layers }, (_, i) => ({
                  value: `op${i + 1}`,
                  name: say('opOfLayer', { layer: String(i + 1) }),
                })),
                { value: 'params', name: say('axis.params') },
                { value: 'macs', name: say('axis.macs') },
              ]}
              onChange={(next) => void setState({ colour: next })}
            />
            <Segments
              label={say('drag')}
              value={state.drag}
              options={[
                { value: 'select', name: say('dragSelect') },
                { value: 'pan', name: say('dragPan') },
              ]}
              onChange={(drag) => void setState({ drag })}
            />
          </>
        }
      >
        <PointCloud
          points={cloud.points}
          colours={cloud.colours}
          x={{ name: say(`axis.${x}`), format: format.x }}
          y={{ name: say(`axis.${y}`), format: y === 'top1' ? formatShare : formatLossTick }}
          label={say('cloudLabel', { x: say(`axis.${x}`), y: say(`axis.${y}`) })}
          view={view}
          onView={(next) => void setState({ view: next })}
          brush={brush}
          onBrush={(next) => void setState({ brush: next })}
          dragging={state.drag}
          pointed={pointed}
          onPoint={setPointed}
          marked={best < 0 ? [] : [best]}
          front={front}
          describe={(at) => (
            <>
              <strong>
                {say('placeOf', { rank: String(columns.ranks[at] ?? 0), path: pathAt(at) })}
              </strong>
              <span>
                {say(`axis.${y}`)} {format.y(columnY[at] ?? 0)} · {say(`axis.${x}`)}{' '}
                {format.x(columnX[at] ?? 0)}
              </span>
              <span className={styles.note}>
                {Array.from(
                  { length: cell.layers },
                  (_, i) => cell.ops[opAt(columns.indices[at] ?? 0, i, shape)],
                ).join(' ')}
              </span>
            </>
          )}
        />
      </ChartFrame>
      <ul className={styles.legend}>
        {layer >= 0 ? (
          cell.ops.map((op, i) => (
            <li key={op}>
              <span className={styles.swatch} style={{ background: pointColour(i) }} />
              <code>{op}</code>
            </li>
          ))
        ) : (
          <li>
            {say('least')}
            {sequentialColours.map((each) => (
              <span key={each} className={styles.step} style={{ background: each }} />
            ))}
            {say('greatest')}
          </li>
        )}
        <li>
          <span className={styles.ring} /> {say('best')}
        </li>
        {front.length > 0 && (
          <li>
            <span className={styles.line} /> {say('front')}
          </li>
        )}
      </ul>
      <div className={styles.filters}>
        <BoundFields
          name={say(`axis.${x}`)}
          range={(brush ?? everything).x}
          format={format.x}
          onChange={(next) => bound({ ...(brush ?? everything), x: next })}
        />
        <BoundFields
          name={say(`axis.${y}`)}
          range={(brush ?? everything).y}
          format={format.y}
          onChange={(next) => bound({ ...(brush ?? everything), y: next })}
        />
        <Button
          tone="quiet"
          isDisabled={brush === null && (ops?.size ?? 0) === 0}
          onPress={() => void setState({ brush: null, ops: null })}
        >
          {say('noFilter')}
        </Button>
      </div>
      <OpChooser
        ops={cell.ops}
        layers={cell.layers}
        chosen={ops}
        onChange={(next) => void setState({ ops: next })}
      />
      <CandidateList
        cell={cell}
        filter={filter}
        by={state.by}
        way={state.way}
        onSort={sort}
        pointed={listed === undefined ? undefined : pathAt(listed)}
        onPoint={pointPath}
        hasKl={columns.kl !== null}
        hasTop1={columns.top1 !== null}
      />
    </Panel>
  );
}

function formatOf(axis: (typeof costs)[number] | (typeof ratings)[number]) {
  if (axis === 'activationBytes') return formatBytes;
  if (axis === 'top1') return formatShare;
  return axis === 'loss' || axis === 'kl' ? formatLoss : formatCount;
}
