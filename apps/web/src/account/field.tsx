import { type InputHTMLAttributes, useId } from 'react';
import styles from './account.module.css';

/** A labelled line of a form. */
export function Field({
  label,
  ...input
}: { label: string } & Omit<InputHTMLAttributes<HTMLInputElement>, 'id'>) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <input id={id} {...input} />
    </div>
  );
}
