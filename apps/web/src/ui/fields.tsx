'use client';

import type { ReactNode } from 'react';
import {
  Checkbox as AriaCheckbox,
  TextField as AriaTextField,
  type CheckboxProps,
  FieldError,
  Input,
  Label,
  Radio,
  RadioGroup,
  Text,
  TextArea,
  type TextFieldProps,
} from 'react-aria-components';
import styles from './fields.module.css';

/** A labelled line (or, with `lines`, an area) of text, with what it means and what is wrong with it under it. */
export function TextField({
  label,
  hint,
  error,
  lines,
  placeholder,
  mono,
  ...rest
}: Omit<TextFieldProps, 'className' | 'children' | 'isInvalid'> & {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  lines?: number;
  placeholder?: string;
  mono?: boolean;
}) {
  const shape = { placeholder, className: mono ? styles.mono : undefined };
  return (
    <AriaTextField
      {...rest}
      isInvalid={error !== undefined}
      // What was refused may be sent again: the browser would keep a form with a wrong field.
      validationBehavior={error === undefined ? 'native' : 'aria'}
      className={styles.field}
    >
      <Label className={styles.label}>{label}</Label>
      {lines === undefined ? <Input {...shape} /> : <TextArea {...shape} rows={lines} />}
      {hint && (
        <Text slot="description" className={styles.hint}>
          {hint}
        </Text>
      )}
      <FieldError className={styles.error}>{error}</FieldError>
    </AriaTextField>
  );
}

/** A labelled choice of one from a few, as the browser draws it. */
export function Select<Value extends string>({
  label,
  isLabelHidden,
  isLabelAbove,
  value,
  options,
  onChange,
}: {
  label: string;
  isLabelHidden?: boolean;
  /** As fields of text have it; else it stands before. */
  isLabelAbove?: boolean;
  value: Value;
  options: readonly { readonly value: Value; readonly name: string }[];
  onChange: (value: Value) => void;
}) {
  return (
    <label className={isLabelAbove ? styles.above : styles.select}>
      <span className={isLabelHidden ? 'visually-hidden' : styles.label}>{label}</span>
      <select
        value={value}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.target.value);
          if (chosen) onChange(chosen.value);
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.name}
          </option>
        ))}
      </select>
    </label>
  );
}

/** A choice of one among two to five, all of them in sight. */
export function Segments<Value extends string>({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: Value;
  options: readonly { readonly value: Value; readonly name: string }[];
  onChange: (value: Value) => void;
}) {
  return (
    <RadioGroup
      aria-label={label}
      value={value}
      orientation="horizontal"
      className={styles.segments}
      onChange={(chosen) => onChange(chosen as Value)}
    >
      {options.map((option) => (
        <Radio key={option.value} value={option.value} className={styles.segment}>
          {option.name}
        </Radio>
      ))}
    </RadioGroup>
  );
}

export function Checkbox({
  children,
  ...rest
}: Omit<CheckboxProps, 'className' | 'children'> & { children?: ReactNode }) {
  return (
    <AriaCheckbox {...rest} className={styles.checkbox}>
      {({ isIndeterminate }) => (
        <>
          <span className={styles.box} aria-hidden>
            <svg viewBox="0 0 16 16" aria-hidden="true">
              {isIndeterminate ? <path d="M4 8h8" /> : <path d="M3.5 8.5l3 3 6-7" />}
            </svg>
          </span>
          {children}
        </>
      )}
    </AriaCheckbox>
  );
}
