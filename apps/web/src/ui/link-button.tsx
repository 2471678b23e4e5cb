import Link from 'next/link';
import type { ReactNode } from 'react';
import styles from './button.module.css';

/** A link to a page that stands where buttons stand. */
export function LinkButton({
  href,
  tone = 'plain',
  icon,
  children,
}: {
  href: string;
  tone?: 'plain' | 'main' | 'quiet';
  icon?: ReactNode;
  children: ReactNode;
}) {
  return (
    <Link href={href} className={`${styles.button} ${styles[tone]}`}>
      {icon}
      {children}
    </Link>
  );
}
