'use client';

import {
  Code,
  Cpu,
  GitCompareArrows,
  Layers,
  type LucideIcon,
  Plus,
  Trophy,
  Users,
} from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useMayStart } from '../account/rights.ts';
import { useViewer } from '../account/viewer.tsx';
import { ViewerMenu } from '../account/viewer-menu.tsx';
import { LinkButton } from '../ui/link-button.tsx';
import { Toasts } from '../ui/toasts.tsx';
import { useCurrentInSight } from '../ui/use-current-in-sight.ts';
import styles from './app-frame.module.css';
import { AppearanceMenu } from './appearance-menu.tsx';
import { ConnectionBar } from './connection-bar.tsx';
import { Mark } from './mark.tsx';
import { Shortcuts } from './shortcuts.tsx';

type Room = 'searches' | 'compare' | 'leaderboards' | 'trainers' | 'teams' | 'api';

interface Way {
  readonly room: Room;
  readonly href: string;
  readonly icon: LucideIcon;
  /** Only for whoever is signed in. */
  readonly isPersonal?: boolean;
}

const ways: readonly Way[] = [
  { room: 'searches', href: '/', icon: Layers },
  { room: 'compare', href: '/compare', icon: GitCompareArrows },
  { room: 'leaderboards', href: '/leaderboard', icon: Trophy },
  { room: 'trainers', href: '/trainers', icon: Cpu, isPersonal: true },
  { room: 'teams', href: '/teams', icon: Users, isPersonal: true },
  { room: 'api', href: '/api', icon: Code },
];

/** The frame of every page: ways on the left (above on narrow screens), the page on the right. */
export function AppFrame({ children }: { children: ReactNode }) {
  const say = useTranslations('shell');
  const here = usePathname();
  const { viewer } = useViewer();
  const waysRow = useCurrentInSight(here);
  const mayStart = useMayStart();
  return (
    <div className={styles.frame}>
      <a href="#content" className={styles.skip}>
        {say('skip')}
      </a>
      <header className={styles.side}>
        <Link href="/" className={styles.name}>
          <Mark />
          Blockwise
        </Link>
        {mayStart && (
          <LinkButton href="/searches/new" tone="main" icon={<Plus aria-hidden />}>
            {say('newSearch')}
          </LinkButton>
        )}
        <nav ref={waysRow} aria-label={say('main')} className={styles.ways}>
          {ways
            .filter(({ isPersonal }) => isPersonal !== true || viewer != null)
            .map(({ room, href, icon: Icon }) => (
              <Link key={room} href={href} aria-current={isUnder(here, href) ? 'page' : undefined}>
                <Icon aria-hidden />
                {say(room)}
              </Link>
            ))}
        </nav>
        <div className={styles.foot}>
          <ViewerMenu />
          <AppearanceMenu />
        </div>
      </header>
      <div className={styles.room}>
        <ConnectionBar />
        {children}
      </div>
      <Shortcuts />
      <Toasts />
    </div>
  );
}

function isUnder(here: string, href: string): boolean {
  if (href === '/') return here === '/' || here.startsWith('/searches');
  return here === href || here.startsWith(`${href}/`);
}
