import type { ReactNode } from 'react';
import styles from './page.module.css';

/** The main part of a page: its title, what can be done at once on the right of it, and all below. */
export function Page({
  title,
  aside,
  children,
}: {
  title?: ReactNode;
  aside?: ReactNode;
  children: ReactNode;
}) {
  return (
    <main id="content" tabIndex={-1} className={styles.page}>
      {title !== undefined && (
        <div className={styles.title}>
          <h1>{title}</h1>
          {aside}
        </div>
      )}
      {children}
    </main>
  );
}

/** A titled part of a page, with what steers it on the right of the title. */
export function Panel({
  title,
  aside,
  children,
}: {
  title: string;
  aside?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className={styles.panel} aria-label={title}>
      <div className={styles.head}>
        <h2>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  );
}

/** What stands in a panel that has nothing to show yet. */
export function Empty({ children }: { children: ReactNode }) {
  return <p className={styles.empty}>{children}</p>;
}

/** A failure that people can read. */
export function Problem({ children }: { children: ReactNode }) {
  return (
    <div className={styles.problem} role="alert">
      {children}
    </div>
  );
}

/** Grey lines where rows will be: the page keeps its shape while it loads. */
export function Skeleton({ lines = 4, label }: { lines?: number; label: string }) {
  return (
    <div className={styles.skeleton} role="status" aria-label={label}>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} style={{ width: `${92 - ((line * 23) % 45)}%` }} />
      ))}
    </div>
  );
}

/** Name and value pairs, as many beside each other as there is room for. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className={styles.facts}>{children}</dl>;
}

export function Fact({
  name,
  note,
  children,
}: {
  name: string;
  note?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {children}
        {note && <span className={styles.note}>{note}</span>}
      </dd>
    </div>
  );
}
