'use client';

import { useTranslations } from 'next-intl';
import styles from './architecture-picture.module.css';
import type { DrawingProps } from './architecture-picture.tsx';
import { LayerChoice, Slab } from './layer-mark.tsx';
import { useLayerWords } from './use-layer-words.ts';

/** Pixels. */
const row = 44;
const title = 26;
const between = 10;

/** The network from top to bottom, a row for each layer, the teacher's block on the left of it. */
export function ArchitectureDown({
  network,
  teacher,
  cuts,
  imageSize,
  notes,
  chosen,
  onChoose,
  onPoint,
  width,
  reachable,
}: DrawingProps) {
  const say = useTranslations('architecture');
  const words = useLayerWords();
  const teacherWidth = 64;
  const slab = { x: teacherWidth + 12, width: 66 };
  const text = slab.x + slab.width + 10;
  const bars = { x: width - 58, width: 54 };
  const widest = Math.max(...network.layers.map(({ expansion }) => expansion));
  const most = {
    params: Math.max(1, ...network.layers.map(({ params }) => params)),
    macs: Math.max(1, ...network.layers.map(({ macs }) => macs)),
  };
  let end = 22;
  const bands = network.parts.map((part) => {
    const y = end;
    const inner = part.layers.length * row;
    end += title + inner + between;
    return { part, y, inner };
  });
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: the group around it has the name
    <svg width={width} height={end} className={styles.picture}>
      <text x={4} y={12}>
        {say('teacher')}
      </text>
      <text x={slab.x} y={12}>
        {say('network')}
      </text>
      <text x={width - 4} y={12} textAnchor="end">
        {say('params')} · {say('macs')}
      </text>
      {bands.map(({ part, y, inner }) => {
        const taught = teacher?.parts.find(({ name }) => name === part.name)?.layers ?? [];
        const high = inner / Math.max(1, taught.length);
        const cut = part.name === 'head' ? undefined : cuts[part.name === 'stem' ? 0 : part.name];
        return (
          <g key={part.name}>
            <rect
              x={0}
              y={y}
              width={width}
              height={title + inner + 4}
              rx={8}
              className={styles.column}
            />
            <text x={6} y={y + 17} className={styles.head}>
              {words.part(part.name)}
            </text>
            {cut && (
              <text x={width - 6} y={y + 17} textAnchor="end" className={styles.note}>
                {say('teacher')} {words.shape(cut.size, cut.channels)}
              </text>
            )}
            {taught.map((layer, at) => (
              <g key={layer.key}>
                <title>{words.layer(layer)}</title>
                <Slab
                  layer={layer}
                  place={{
                    x: 6,
                    y: y + title + at * high + 2,
                    width: teacherWidth - 8,
                    height: high - 4,
                  }}
                  largest={imageSize}
                  widest={widest}
                  isQuiet
                />
              </g>
            ))}
            {part.layers.map((layer, at) => {
              const top = y + title + at * row;
              return (
                <LayerChoice
                  key={layer.key}
                  name={`${words.layer(layer)}; ${words.costs(layer, network)}`}
                  isChosen={layer.key === chosen?.key}
                  isReachable={layer.key === reachable}
                  frame={{ x: slab.x - 5, y: top + 1, width: width - slab.x + 2, height: row - 2 }}
                  onChoose={() => onChoose(layer)}
                  onPoint={(isPointed) => onPoint(isPointed ? layer : undefined)}
                >
                  <Slab
                    layer={layer}
                    place={{ ...slab, y: top + 3, height: row - 6 }}
                    largest={imageSize}
                    widest={widest}
                  />
                  <text x={text} y={top + 18} className={styles.note}>
                    {words.shape(layer.outSize, layer.outChannels)}
                  </text>
                  <text x={text} y={top + 34} className={styles.note}>
                    {notes.get(layer.key)}
                  </text>
                  <rect {...bars} y={top + 11} height={6} rx={2} className={styles.track} />
                  <rect
                    {...bars}
                    y={top + 11}
                    height={6}
                    rx={2}
                    width={(bars.width * layer.params) / most.params}
                    className={styles.bar}
                  />
                  <rect {...bars} y={top + 25} height={6} rx={2} className={styles.track} />
                  <rect
                    {...bars}
                    y={top + 25}
                    height={6}
                    rx={2}
                    width={(bars.width * layer.macs) / most.macs}
                    className={styles.bar}
                  />
                </LayerChoice>
              );
            })}
          </g>
        );
      })}
    </svg>
  );
}
