'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { readAmount } from '../ui/amount.ts';
import { Segments, Select, TextField } from '../ui/fields.tsx';
import { type DraftPath, valueAt } from './draft.ts';
import { useSpecDraft } from './spec-draft.tsx';
import styles from './start.module.css';

/** Key of a field's words in the catalogue. */
type FieldWords = Parameters<ReturnType<typeof useTranslations<'start.field'>>>[0];

/** Id of the element that a problem's link leads to. */
export function fieldId(path: DraftPath): string {
  return `spec-${path.join('-')}`;
}

interface Bound {
  readonly path: DraftPath;
  /** Its label and hint in the catalogue: `start.field.KEY` and `start.hint.KEY`. */
  readonly words: FieldWords;
}

function useBound({ path, words }: Bound) {
  const say = useTranslations('start');
  const { draft, lastSpec, set, problemAt } = useSpecDraft();
  const hint = `hint.${words}` as Parameters<typeof say>[0];
  return {
    label: say(`field.${words}`),
    hint: say.has(hint) ? say(hint) : undefined,
    value: valueAt(draft, path),
    /** What counts when nothing is written. */
    usual: valueAt(lastSpec, path),
    error: problemAt(path),
    change: (value: unknown) => set(path, value),
  };
}

/** A line or an area of text; empty means its default. */
export function TextAt({ lines, mono, ...bound }: Bound & { lines?: number; mono?: boolean }) {
  const { label, hint, value, usual, error, change } = useBound(bound);
  return (
    <div id={fieldId(bound.path)} className={lines === undefined ? undefined : styles.wide}>
      <TextField
        label={label}
        hint={hint}
        error={error}
        {...(lines === undefined ? {} : { lines })}
        {...(mono === undefined ? {} : { mono })}
        value={typeof value === 'string' ? value : ''}
        {...(typeof usual === 'string' ? { placeholder: usual } : {})}
        onChange={(text) => change(text === '' ? undefined : text)}
      />
    </div>
  );
}

/** A number, as people write it (`300k`, `1.2M`); empty means its default, which stands there in grey. */
export function NumberAt(bound: Bound) {
  const { label, hint, value, usual, error, change } = useBound(bound);
  const [typed, setTyped] = useState<string>();
  const shown = typed ?? (value === undefined ? '' : String(value));
  return (
    <div id={fieldId(bound.path)}>
      <TextField
        label={label}
        hint={hint}
        error={error}
        value={shown}
        placeholder={usual === undefined || usual === null ? '–' : String(usual)}
        onChange={(text) => {
          setTyped(text);
          const amount = readAmount(text);
          // What cannot be read stays in the draft: it is wrong until it is mended.
          change('wrong' in amount ? text : amount.value);
        }}
        onBlur={() => setTyped(undefined)}
      />
    </div>
  );
}

/** One of a few values; the default is one of them. */
export function ChoiceAt<Value extends string>({
  values,
  inSight = false,
  ...bound
}: Bound & { values: readonly { value: Value; name: string }[]; inSight?: boolean }) {
  const { label, hint, value, usual, error, change } = useBound(bound);
  const chosen = values.find((each) => each.value === (value ?? usual))?.value ?? values[0]?.value;
  if (chosen === undefined) return null;
  return (
    <div id={fieldId(bound.path)} className={styles.choice}>
      {inSight ? (
        <Segments label={label} value={chosen} options={values} onChange={change} />
      ) : (
        <Select isLabelAbove label={label} value={chosen} options={values} onChange={change} />
      )}
      {hint && <span className={styles.hint}>{hint}</span>}
      {error && <span className={styles.wrong}>{error}</span>}
    </div>
  );
}
