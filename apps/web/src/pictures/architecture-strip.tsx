'use client';

import { readBlocks } from '../search/read-layer.ts';
import styles from './architecture-strip.module.css';
import { layerShape } from './read-architecture.ts';
import { kernelShade } from './slab.ts';
import { useLayerWords } from './use-layer-words.ts';

/** Pixels. */
const bar = 9;
const gap = 2;
const between = 6;
const height = 26;
const least = 8;

/** A network's blocks at a glance, to be read down a list: higher is a larger expansion, darker a larger kernel. */
export function ArchitectureStrip({ architecture }: { architecture: string }) {
  const words = useLayerWords();
  const blocks = readBlocks(architecture).map((layers) => layers.map(layerShape));
  const widest = Math.max(1, ...blocks.flat().map(({ expansion }) => expansion));
  let end = 0;
  const bars = blocks.flatMap((layers, block) => {
    if (block > 0) end += between;
    return layers.map((layer) => {
      const x = end;
      end += bar + gap;
      return { layer, x, high: least + ((height - least) * layer.expansion) / widest };
    });
  });
  const told = blocks.map((layers) => layers.map(words.short).join(', ')).join(' | ');
  return (
    <svg width={end} height={height} className={styles.strip} role="img" aria-label={told}>
      <title>{told}</title>
      {bars.map(({ layer, x, high }) => (
        <rect
          key={x}
          x={x + 0.5}
          y={height - high + 0.5}
          width={bar - 1}
          height={high - 1}
          rx={2}
          style={{
            fill: `color-mix(in oklab, var(--accent) ${1.6 * kernelShade(layer.kernel)}%, var(--panel))`,
          }}
        />
      ))}
    </svg>
  );
}
