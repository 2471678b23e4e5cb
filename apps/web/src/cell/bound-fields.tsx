'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import type { NumberRange } from '../charts/number-range.ts';
import styles from './bound-fields.module.css';

/** Bounds of one axis as numbers: what a drawn rectangle says, for keyboards and exact values. */
export function BoundFields({
  name,
  range,
  format,
  onChange,
}: {
  name: string;
  range: NumberRange | undefined;
  format: (value: number) => string;
  /** Undefined when both fields are emptied. */
  onChange: (range: NumberRange | undefined) => void;
}) {
  const say = useTranslations('cell');
  const shown = (value: number | undefined) =>
    value === undefined || Math.abs(value) >= 1e15 ? '' : String(value);
  const [min, setMin] = useState(shown(range?.min));
  const [max, setMax] = useState(shown(range?.max));
  useEffect(() => setMin(shown(range?.min)), [range?.min]);
  useEffect(() => setMax(shown(range?.max)), [range?.max]);
  const take = () => {
    if (min.trim() === '' && max.trim() === '') return range && onChange(undefined);
    const next = {
      min: min.trim() === '' ? -1e30 : Number(min),
      max: max.trim() === '' ? 1e30 : Number(max),
    };
    if (Number.isNaN(next.min) || Number.isNaN(next.max)) return;
    if (next.min !== range?.min || next.max !== range?.max) onChange(next);
  };
  const field = (label: string, value: string, set: (text: string) => void) => (
    <input
      aria-label={label}
      inputMode="decimal"
      size={9}
      value={value}
      title={value === '' ? '' : format(Number(value))}
      onChange={(event) => set(event.target.value)}
      onBlur={take}
      onKeyDown={(event) => event.key === 'Enter' && take()}
    />
  );
  return (
    <fieldset className={styles.bounds}>
      <legend>{name}</legend>
      {field(say('atLeast', { name }), min, setMin)}
      <span aria-hidden>–</span>
      {field(say('atMost', { name }), max, setMax)}
    </fieldset>
  );
}
