'use client';

import type { ReactNode } from 'react';
import styles from './start.module.css';

/** A part of the form: what it decides, and fields. Rare fields are behind a line that opens them. */
export function Section({
  title,
  about,
  more,
  moreName,
  children,
}: {
  title: string;
  about: string;
  more?: ReactNode;
  moreName?: string;
  children: ReactNode;
}) {
  return (
    <section className={styles.section} aria-label={title}>
      <h2>{title}</h2>
      <p className={styles.about}>{about}</p>
      {children}
      {more && (
        <details className={styles.more}>
          <summary>{moreName}</summary>
          {more}
        </details>
      )}
    </section>
  );
}

/** Fields beside each other, as many as there is room for. */
export function FieldRow({ children }: { children: ReactNode }) {
  return <div className={styles.fields}>{children}</div>;
}
