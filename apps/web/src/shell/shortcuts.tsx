'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { Dialog } from '../ui/dialog.tsx';
import styles from './shortcuts.module.css';

const goes = {
  s: { name: 'searches', href: '/' },
  n: { name: 'newSearch', href: '/searches/new' },
  c: { name: 'compare', href: '/compare' },
  l: { name: 'leaderboards', href: '/leaderboard' },
  t: { name: 'trainers', href: '/trainers' },
} as const;

/** The second key follows the first within this time. */
const pairSeconds = 1.2;

/** `g` and a letter go to a page, `?` lists them; keys typed into fields are left alone. */
export function Shortcuts() {
  const say = useTranslations('shell');
  const router = useRouter();
  const [isOpen, setOpen] = useState(false);
  const pressedAt = useRef(0);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (event.key === '?') {
        setOpen(true);
        return;
      }
      if (event.key === 'g') {
        pressedAt.current = event.timeStamp;
        return;
      }
      const isPair = event.timeStamp - pressedAt.current < pairSeconds * 1000;
      pressedAt.current = 0;
      const go = Object.entries(goes).find(([key]) => key === event.key)?.[1];
      if (isPair && go) router.push(go.href);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [router]);

  return (
    <Dialog title={say('shortcuts')} isOpen={isOpen} onOpenChange={setOpen}>
      <p>{say('shortcutsAbout')}</p>
      <dl className={styles.keys}>
        {Object.entries(goes).map(([key, { name }]) => (
          <div key={key}>
            <dt>
              <kbd>g</kbd> <kbd>{key}</kbd>
            </dt>
            <dd>{say(`shortcut.${name}`)}</dd>
          </div>
        ))}
        <div>
          <dt>
            <kbd>?</kbd>
          </dt>
          <dd>{say('shortcut.help')}</dd>
        </div>
      </dl>
    </Dialog>
  );
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}
