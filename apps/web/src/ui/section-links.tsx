'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import styles from './section-links.module.css';
import { useCurrentInSight } from './use-current-in-sight.ts';

export interface SectionLink {
  readonly href: string;
  readonly name: string;
  /** True when pages under this address belong to it too. */
  readonly isFolder?: boolean;
}

/** The pages of one thing, as a row of tabs that are links: each has its own address. */
export function SectionLinks({ label, links }: { label: string; links: readonly SectionLink[] }) {
  const here = usePathname();
  const row = useCurrentInSight(here);
  const isHere = ({ href, isFolder }: SectionLink) =>
    here === href || (isFolder === true && here.startsWith(`${href}/`));
  return (
    <nav ref={row} aria-label={label} className={styles.links}>
      {links.map((link) => (
        <Link key={link.href} href={link.href} aria-current={isHere(link) ? 'page' : undefined}>
          {link.name}
        </Link>
      ))}
    </nav>
  );
}
