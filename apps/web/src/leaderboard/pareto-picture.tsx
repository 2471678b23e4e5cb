'use client';

import type { EntryDetailFragment } from '@blockwise/client';
import { type PointerEvent, useRef, useState } from 'react';
import { Axes, type AxisOf, type Plot } from '../charts/axes.tsx';
import { staircase } from '../charts/staircase.ts';
import { EntryMark } from './entry-mark.tsx';
import { type Brush, paretoFront } from './pareto.ts';
import styles from './pareto-picture.module.css';

export interface ParetoPoint {
  readonly entry: EntryDetailFragment;
  readonly cost: number;
  readonly top1: number;
  readonly isSelected: boolean;
  /** Told when it is pointed at. */
  readonly name: string;
}

/** Less than this in pixels is a press and no brush. */
const leastBrush = 4;

/**
 * Accuracy over a cost: entries as marks by their state with their deviation over seeds, the front as a
 * staircase. Dragging brushes a rectangle, a press beside all marks takes it away.
 */
export function ParetoPicture({
  points,
  x,
  y,
  label,
  brush,
  pointed,
  onBrush,
  onPoint,
}: {
  points: readonly ParetoPoint[];
  x: Omit<AxisOf, 'values'>;
  y: Omit<AxisOf, 'values'>;
  label: string;
  brush: Brush | null;
  pointed: string | undefined;
  onBrush: (brush: Brush | null) => void;
  onPoint: (id: string | undefined) => void;
}) {
  const front = paretoFront(points.filter(({ entry }) => entry.rank != null));
  const hasSelection = points.some(({ isSelected }) => isSelected);
  return (
    <Axes
      x={{ ...x, values: points.map(({ cost }) => cost) }}
      y={{
        ...y,
        values: points.flatMap(({ top1, entry: { top1Deviation } }) => [
          top1 - (top1Deviation ?? 0),
          top1 + (top1Deviation ?? 0),
        ]),
      }}
      label={label}
    >
      {(plot) => (
        <>
          <BrushArea plot={plot} brush={brush} onBrush={onBrush} />
          <path
            d={staircase(
              front.map(({ cost, top1 }) => ({ x: plot.x(cost), y: plot.y(top1) })),
              plot.right,
            )}
            className={styles.front}
          />
          {points.map(({ entry, cost, top1, isSelected, name }) => {
            const half = Math.abs(plot.y(top1) - plot.y(top1 + (entry.top1Deviation ?? 0)));
            return (
              <g
                key={entry.id}
                transform={`translate(${plot.x(cost)} ${plot.y(top1)})`}
                className={hasSelection && !isSelected ? styles.dim : undefined}
                onPointerEnter={() => onPoint(entry.id)}
                onPointerLeave={() => onPoint(undefined)}
              >
                <title>{name}</title>
                {half > 0 && <line y1={-half} y2={half} className={styles.deviation} />}
                {entry.id === pointed && <circle r={10} className={styles.pointed} />}
                <EntryMark state={entry.state} radius={isSelected ? 6 : 4.5} />
              </g>
            );
          })}
        </>
      )}
    </Axes>
  );
}

interface Corner {
  readonly x: number;
  readonly y: number;
}

function BrushArea({
  plot,
  brush,
  onBrush,
}: {
  plot: Plot;
  brush: Brush | null;
  onBrush: (brush: Brush | null) => void;
}) {
  const area = useRef<SVGRectElement>(null);
  const [drag, setDrag] = useState<readonly [Corner, Corner]>();
  const { left, right, top, bottom } = plot;

  const cornerOf = (event: PointerEvent): Corner => {
    const box = area.current?.getBoundingClientRect();
    return {
      x: clamp(event.clientX - (box?.left ?? 0) + left, left, right),
      y: clamp(event.clientY - (box?.top ?? 0) + top, top, bottom),
    };
  };
  const end = () => {
    setDrag(undefined);
    if (drag === undefined) return;
    const [a, b] = drag;
    const isPress = Math.abs(a.x - b.x) < leastBrush && Math.abs(a.y - b.y) < leastBrush;
    if (isPress) return onBrush(null);
    const costs = [a.x, b.x].map((at) => valueAt(plot.x, at)).sort((one, other) => one - other);
    const tops = [a.y, b.y].map((at) => valueAt(plot.y, at)).sort((one, other) => one - other);
    onBrush([costs[0] ?? 0, costs[1] ?? 0, tops[0] ?? 0, tops[1] ?? 0]);
  };
  const shown = drag ?? (brush && cornersOf(plot, brush));
  return (
    <>
      <rect
        ref={area}
        x={left}
        y={top}
        width={Math.max(0, right - left)}
        height={bottom - top}
        className={styles.area}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          const corner = cornerOf(event);
          setDrag([corner, corner]);
        }}
        onPointerMove={(event) => drag && setDrag([drag[0], cornerOf(event)])}
        onPointerUp={end}
        onPointerCancel={() => setDrag(undefined)}
      />
      {shown && (
        <rect
          x={Math.min(shown[0].x, shown[1].x)}
          y={Math.min(shown[0].y, shown[1].y)}
          width={Math.abs(shown[0].x - shown[1].x)}
          height={Math.abs(shown[0].y - shown[1].y)}
          className={styles.brush}
        />
      )}
    </>
  );
}

function cornersOf({ x, y, ...plot }: Plot, [cost0, cost1, top0, top1]: Brush): [Corner, Corner] {
  const inX = (value: number) => clamp(x(value), plot.left, plot.right);
  const inY = (value: number) => clamp(y(value), plot.top, plot.bottom);
  return [
    { x: inX(cost0), y: inY(top0) },
    { x: inX(cost1), y: inY(top1) },
  ];
}

/** The value that a scale draws at a pixel. */
function valueAt(scale: Plot['x'], pixel: number): number {
  const [low, high] = scale.domain;
  return low + ((pixel - scale(low)) / (scale(high) - scale(low))) * (high - low);
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
