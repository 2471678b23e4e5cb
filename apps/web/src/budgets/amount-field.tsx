'use client';

import { useState } from 'react';
import { readAmount } from '../ui/amount.ts';
import styles from './amount-field.module.css';

/** A number as people type it (`2.5M`, `12 ms`); it counts with Enter or when the field is left. */
export function AmountField({
  label,
  value,
  unit,
  placeholder,
  wrong,
  isDisabled = false,
  onChange,
}: {
  label: string;
  value: number | undefined;
  unit: string;
  placeholder: string;
  /** Said when what is typed cannot be read. */
  wrong: string;
  isDisabled?: boolean;
  onChange: (value: number | undefined) => void;
}) {
  /** What is typed and does not count yet. */
  const [typed, setTyped] = useState<string>();
  const read = readAmount(typed ?? '', unit);
  const isWrong = typed !== undefined && 'wrong' in read;
  const commit = () => {
    if (typed === undefined || 'wrong' in read) return;
    setTyped(undefined);
    if (read.value !== value) onChange(read.value);
  };
  return (
    <span className={styles.field}>
      <input
        aria-label={label}
        aria-invalid={isWrong}
        title={isWrong ? wrong : undefined}
        inputMode="decimal"
        autoComplete="off"
        placeholder={placeholder}
        disabled={isDisabled}
        value={typed ?? (value === undefined ? '' : grouped.format(value))}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={() => {
          commit();
          setTyped(undefined);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit();
          if (event.key === 'Escape') setTyped(undefined);
        }}
      />
      {isWrong && (
        <span role="alert" className="visually-hidden">
          {wrong}
        </span>
      )}
    </span>
  );
}

const grouped = new Intl.NumberFormat('en', { maximumFractionDigits: 4 });
