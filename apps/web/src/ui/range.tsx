'use client';

import type { ReactNode } from 'react';
import { Slider as AriaSlider, Label, SliderThumb, SliderTrack } from 'react-aria-components';
import styles from './range.module.css';

/**
 * A slider with its value in words beside the label, or a field in which it can be typed; arrow keys move it by
 * a step, page keys by more.
 */
export function Range({
  label,
  value,
  words,
  least,
  most,
  step,
  isDisabled = false,
  field,
  onChange,
}: {
  label: string;
  value: number;
  words: string;
  least: number;
  most: number;
  step: number;
  isDisabled?: boolean;
  /** Stands where the words would. */
  field?: ReactNode;
  onChange: (value: number) => void;
}) {
  return (
    <AriaSlider
      value={value}
      minValue={least}
      maxValue={most}
      step={step}
      isDisabled={isDisabled}
      className={styles.range}
      onChange={(next) => onChange(next as number)}
    >
      <Label className={styles.label}>{label}</Label>
      {field ?? <output className={styles.value}>{words}</output>}
      <SliderTrack className={styles.track}>
        {({ state }) => (
          <>
            <div className={styles.rail} />
            <div className={styles.fill} style={{ width: `${100 * state.getThumbPercent(0)}%` }} />
            <SliderThumb className={styles.thumb} aria-valuetext={words} />
          </>
        )}
      </SliderTrack>
    </AriaSlider>
  );
}
