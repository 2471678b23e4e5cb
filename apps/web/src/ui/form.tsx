'use client';

import type { FormEvent, ReactNode } from 'react';
import styles from './form.module.css';

/** Fields beside each other as far as there is room (or, with `isColumn`, below each other), with their button. */
export function Form({
  label,
  isColumn = false,
  onSubmit,
  children,
}: {
  /** What the form is for, where no heading says so. */
  label?: string;
  isColumn?: boolean;
  onSubmit: () => void;
  children: ReactNode;
}) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <form aria-label={label} className={isColumn ? styles.column : styles.row} onSubmit={submit}>
      {children}
    </form>
  );
}

/** A labelled group of fields. */
export function CheckGroup({ label, children }: { label: string; children: ReactNode }) {
  return (
    <fieldset className={styles.group}>
      <legend>{label}</legend>
      {children}
    </fieldset>
  );
}
