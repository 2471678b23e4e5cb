'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { readAmount } from '../ui/amount.ts';
import { TextField } from '../ui/fields.tsx';
import { formatCount } from '../ui/format.ts';

/** A maximum as people type it (`1.2M`); while it cannot be read, the last good one counts. */
export function BoundField({
  label,
  value,
  onChange,
}: {
  label: string;
  value: number | null;
  onChange: (value: number | null) => void;
}) {
  const say = useTranslations('leaderboard');
  const [text, setText] = useState(value === null ? '' : formatCount(value));
  const amount = readAmount(text);
  return (
    <TextField
      label={label}
      placeholder={say('any')}
      value={text}
      error={'wrong' in amount ? say('wrongAmount') : undefined}
      onChange={(next) => {
        setText(next);
        const read = readAmount(next);
        if (!('wrong' in read)) onChange(read.value ?? null);
      }}
    />
  );
}
