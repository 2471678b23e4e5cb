'use client';

import { useTranslations } from 'next-intl';
import styles from './architecture-picture.module.css';
import type { DrawingProps } from './architecture-picture.tsx';
import { LayerChoice, Slab } from './layer-mark.tsx';
import type { DrawnLayer } from './read-architecture.ts';
import { useLayerWords } from './use-layer-words.ts';

/** Pixels. */
const left = 84;
const between = 14;
const inset = 6;
const slotRange = { least: 42, most: 96 };
const teacherTop = 46;
const teacherHeight = 66;
const networkTop = 156;
const networkHeight = 110;
const barsTop = 300;
const barHeight = 22;
const noteTop = 382;
const height = 398;

/** The network from left to right, a column for each of its parts, the teacher's block above. */
export function ArchitectureAcross({
  network,
  teacher,
  cuts,
  imageSize,
  notes,
  notesName,
  chosen,
  onChoose,
  onPoint,
  width,
  reachable,
}: DrawingProps) {
  const say = useTranslations('architecture');
  const words = useLayerWords();
  const room = width - left - between * network.parts.length - 2 * inset * network.parts.length;
  const slot = Math.min(slotRange.most, Math.max(slotRange.least, room / network.layers.length));
  const widest = Math.max(...network.layers.map(({ expansion }) => expansion));
  const most = {
    params: Math.max(...network.layers.map(({ params }) => params)),
    macs: Math.max(...network.layers.map(({ macs }) => macs)),
  };
  let end = left;
  const columns = network.parts.map((part) => {
    const x = end;
    const inner = part.layers.length * slot;
    end += inner + 2 * inset + between;
    return { part, x, inner };
  });
  const rowName = (y: number, name: string) => (
    <text x={0} y={y} dy="0.34em">
      {name}
    </text>
  );
  return (
    <div className={styles.host}>
      {/* biome-ignore lint/a11y/noSvgWithoutTitle: the group around it has the name */}
      <svg width={Math.max(width, end)} height={height} className={styles.picture}>
        {rowName(teacherTop + teacherHeight / 2, say('teacher'))}
        {rowName(networkTop + networkHeight / 2, say('network'))}
        {rowName(barsTop + barHeight / 2, say('params'))}
        {rowName(barsTop + 1.5 * barHeight + 12, say('macs'))}
        {notes.size > 0 && rowName(noteTop, notesName)}
        {columns.map(({ part, x, inner }) => (
          <g key={part.name}>
            <rect
              x={x}
              y={24}
              width={inner + 2 * inset}
              height={height - 26}
              rx={8}
              className={styles.column}
            />
            <text x={x + inset} y={15} className={styles.head}>
              {words.part(part.name)}
            </text>
            <TeacherPart
              layers={teacher?.parts.find(({ name }) => name === part.name)?.layers ?? []}
              x={x + inset}
              inner={inner}
              largest={imageSize}
              cut={
                typeof part.name === 'number'
                  ? cuts[part.name]
                  : part.name === 'stem'
                    ? cuts[0]
                    : undefined
              }
            />
            {part.layers.map((layer, at) => {
              const place = { x: x + inset + at * slot + 2, width: slot - 4 };
              return (
                <LayerChoice
                  key={layer.key}
                  name={`${words.layer(layer)}; ${words.costs(layer, network)}`}
                  isChosen={layer.key === chosen?.key}
                  isReachable={layer.key === reachable}
                  frame={{
                    x: place.x - 1,
                    y: networkTop - 16,
                    width: slot - 2,
                    height: height - networkTop + 10,
                  }}
                  onChoose={() => onChoose(layer)}
                  onPoint={(isPointed) => onPoint(isPointed ? layer : undefined)}
                >
                  <Slab
                    layer={layer}
                    place={{ ...place, y: networkTop, height: networkHeight }}
                    largest={imageSize}
                    widest={widest}
                  />
                  <text
                    x={place.x + place.width / 2}
                    y={networkTop + networkHeight + 18}
                    textAnchor="middle"
                    className={styles.note}
                  >
                    {layer.outChannels}
                  </text>
                  <ShareBar
                    layer={layer}
                    of="params"
                    most={most.params}
                    x={place.x}
                    y={barsTop}
                    width={place.width}
                  />
                  <ShareBar
                    layer={layer}
                    of="macs"
                    most={most.macs}
                    x={place.x}
                    y={barsTop + barHeight + 12}
                    width={place.width}
                  />
                  {notes.has(layer.key) && (
                    <text
                      x={place.x + place.width / 2}
                      y={noteTop}
                      dy="0.34em"
                      textAnchor="middle"
                      className={styles.note}
                    >
                      {notes.get(layer.key)}
                    </text>
                  )}
                </LayerChoice>
              );
            })}
          </g>
        ))}
      </svg>
    </div>
  );
}

/** The teacher's layers of a part in the width of the network's, and the shape that they hand on. */
function TeacherPart({
  layers,
  x,
  inner,
  largest,
  cut,
}: {
  layers: readonly DrawnLayer[];
  x: number;
  inner: number;
  largest: number;
  cut: { readonly channels: number; readonly size: number } | undefined;
}) {
  const words = useLayerWords();
  const slot = inner / Math.max(1, layers.length);
  const widest = Math.max(1, ...layers.map(({ expansion }) => expansion));
  return (
    <>
      {layers.map((layer, at) => (
        <g key={layer.key}>
          <title>{words.layer(layer)}</title>
          <Slab
            layer={layer}
            place={{
              x: x + at * slot + 2,
              y: teacherTop,
              width: Math.max(2, slot - 4),
              height: teacherHeight,
            }}
            largest={largest}
            widest={widest}
            isQuiet
          />
        </g>
      ))}
      {cut && (
        <text
          x={x + inner}
          y={teacherTop + teacherHeight + 16}
          textAnchor="end"
          className={styles.note}
        >
          {words.shape(cut.size, cut.channels)}
        </text>
      )}
    </>
  );
}

/** How much of the dearest layer's cost a layer has, as a column. */
function ShareBar({
  layer,
  of,
  most,
  x,
  y,
  width,
}: {
  layer: DrawnLayer;
  of: 'params' | 'macs';
  most: number;
  x: number;
  y: number;
  width: number;
}) {
  const high = most === 0 ? 0 : (barHeight * layer[of]) / most;
  return (
    <>
      <rect x={x + 4} y={y + barHeight - 1} width={width - 8} height={1} className={styles.track} />
      <rect
        x={x + 4}
        y={y + barHeight - high}
        width={width - 8}
        height={high}
        rx={1}
        className={styles.bar}
      />
    </>
  );
}
