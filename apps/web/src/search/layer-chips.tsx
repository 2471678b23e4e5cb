import styles from './layer-chips.module.css';
import { layerWords } from './layer-words.ts';
import { readLayer } from './read-layer.ts';

/** Layers as chips: kernel and expansion, wider for larger kernels, fuller for larger expansions. */
export function LayerChips({ layers }: { layers: readonly string[] }) {
  return (
    <span className={styles.row}>
      {layers.map((text, position) => {
        const { kernel, expansion } = readLayer(text);
        return (
          <span
            key={position}
            className={styles.chip}
            title={text}
            style={{
              minWidth: `${1.6 + 0.28 * kernel}rem`,
              background: `color-mix(in srgb, var(--accent) ${10 + 5 * expansion}%, var(--panel))`,
            }}
          >
            {layerWords(text)}
          </span>
        );
      })}
    </span>
  );
}
