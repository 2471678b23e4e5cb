'use client';

import { useWidth } from '../charts/use-width.ts';
import styles from './layer-bars.module.css';
import type { Architecture, DrawnLayer } from './read-architecture.ts';
import { useLayerWords } from './use-layer-words.ts';

/** Pixels. */
const row = 24;
const title = 26;
const nameRoom = 120;
const valueRoom = 128;

/** A bar for every layer of a network, part by part, with its value and its share of the whole. */
export function LayerBars({
  architecture,
  costOf,
  format,
  label,
}: {
  architecture: Architecture;
  /** Undefined where it is not known. */
  costOf: (layer: DrawnLayer) => number | undefined;
  format: (value: number, share: number) => string;
  label: string;
}) {
  const words = useLayerWords();
  const [host, width] = useWidth<HTMLDivElement>(640);
  const values = architecture.layers.map((layer) => costOf(layer) ?? 0);
  const most = Math.max(...values);
  const sum = values.reduce((a, b) => a + b, 0);
  const room = Math.max(40, width - nameRoom - valueRoom);
  let y = 0;
  const rows = architecture.parts.map(({ name, layers }) => {
    const top = y;
    y += title + layers.length * row;
    const partSum = layers.reduce((all, layer) => all + (costOf(layer) ?? 0), 0);
    return { name, layers, top, partSum };
  });
  return (
    <div ref={host}>
      <svg width={width} height={y + 4} className={styles.bars} role="img" aria-label={label}>
        {rows.map(({ name, layers, top, partSum }) => (
          <g key={name}>
            <text x={0} y={top + 18} className={styles.part}>
              {words.part(name)}
            </text>
            <text x={width} y={top + 18} textAnchor="end">
              {format(partSum, sum > 0 ? partSum / sum : 0)}
            </text>
            <line
              x1={0}
              x2={width}
              y1={top + title - 2}
              y2={top + title - 2}
              className={styles.rule}
            />
            {layers.map((layer, at) => {
              const value = costOf(layer);
              const middle = top + title + (at + 0.5) * row;
              return (
                <g key={layer.key}>
                  <title>{words.layer(layer)}</title>
                  <text x={8} y={middle} dy="0.34em">
                    {layer.position} · {words.short(layer)}
                  </text>
                  <rect
                    x={nameRoom}
                    y={middle - 6}
                    width={most > 0 ? (room * (value ?? 0)) / most : 0}
                    height={12}
                    rx={2}
                    className={styles.bar}
                  />
                  <text x={width} y={middle} dy="0.34em" textAnchor="end">
                    {value === undefined ? '–' : format(value, sum > 0 ? value / sum : 0)}
                  </text>
                </g>
              );
            })}
          </g>
        ))}
      </svg>
    </div>
  );
}
