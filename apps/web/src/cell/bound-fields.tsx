'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { anything, type NumberRange } from '../charts/number-range.ts';
import styles from './bound-fields.module.css';

/** Bounds of one axis as numbers: what a drawn rectangle says, for keyboards and exact values. */
export function BoundFields({
  name,
  range,
  format,
  onChange,
}: {
  name: string;
  /** Open where nothing is set. */
  range: NumberRange;
  format: (value: number) => string;
  onChange: (range: NumberRange) => void;
}) {
  const say = useTranslations('cell');
  const shown = (value: number) => (Number.isFinite(value) ? String(value) : '');
  const [min, setMin] = useState(shown(range.min));
  const [max, setMax] = useState(shown(range.max));
  useEffect(() => setMin(shown(range.min)), [range.min]);
  useEffect(() => setMax(shown(range.max)), [range.max]);
  const take = () => {
    const next = {
      min: min.trim() === '' ? anything.min : Number(min),
      max: max.trim() === '' ? anything.max : Number(max),
    };
    if (Number.isNaN(next.min) || Number.isNaN(next.max)) return;
    if (next.min !== range.min || next.max !== range.max) onChange(next);
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
