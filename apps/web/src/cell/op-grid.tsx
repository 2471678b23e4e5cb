'use client';

import { useTranslations } from 'next-intl';
import { layerWords } from '../search/layer-words.ts';
import styles from './op-chooser.module.css';

/** The operations of every layer as buttons, in short words where these tell them apart. */
export function OpGrid({
  ops,
  layers,
  isChosen,
  onPress,
}: {
  ops: readonly string[];
  layers: number;
  isChosen: (layer: number, op: number) => boolean;
  onPress: (layer: number, op: number) => void;
}) {
  const say = useTranslations('cell');
  const words = ops.map(layerWords);
  const isShort = new Set(words).size === ops.length;
  return (
    <div className={styles.layers}>
      {Array.from({ length: layers }, (_, layer) => (
        <fieldset key={layer} className={styles.layer}>
          <legend>{say('layer', { layer: String(layer + 1) })}</legend>
          <div className={styles.ops}>
            {ops.map((op, at) => (
              <button
                key={op}
                type="button"
                title={op}
                aria-pressed={isChosen(layer, at)}
                className={styles.op}
                onClick={() => onPress(layer, at)}
              >
                {isShort ? words[at] : <code>{op}</code>}
              </button>
            ))}
          </div>
        </fieldset>
      ))}
    </div>
  );
}
