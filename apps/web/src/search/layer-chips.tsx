import styles from './layer-chips.module.css';
import { readLayer } from './read-layer.ts';

/** What kinds of layers besides the usual inverted residual are called on a chip. */
const kindNames: Record<string, string> = {
  er: 'fused ',
  bt: 'bottleneck ',
  ds: 'separable ',
  cn: 'conv ',
  mp: 'pool ',
};

/** Layers as chips: kernel and expansion, wider for larger kernels, fuller for larger expansions. */
export function LayerChips({ layers }: { layers: readonly string[] }) {
  return (
    <span className={styles.row}>
      {layers.map((text, position) => {
        const { kind, kernel, expansion } = readLayer(text);
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
            {kindNames[kind]}
            {kernel}×{kernel}
            {expansion !== 1 && ` e${expansion}`}
          </span>
        );
      })}
    </span>
  );
}
