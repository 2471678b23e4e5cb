'use client';

import { useId, useState } from 'react';
import styles from './whole-number.module.css';

/** A field for a whole number within bounds; while something else is typed, the last good one counts. */
export function WholeNumber({
  name,
  about,
  value,
  least,
  most,
  onChange,
}: {
  name: string;
  about?: string;
  value: number;
  least: number;
  most: number;
  onChange: (value: number) => void;
}) {
  const id = useId();
  const [text, setText] = useState(String(value));
  return (
    <span title={about}>
      <label htmlFor={id}>{name}</label>{' '}
      <input
        id={id}
        type="number"
        className={styles.input}
        min={least}
        max={most}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          const typed = event.target.valueAsNumber;
          if (Number.isInteger(typed) && typed >= least && typed <= most) onChange(typed);
        }}
        onBlur={() => setText(String(value))}
      />
    </span>
  );
}
