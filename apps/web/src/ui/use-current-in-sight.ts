'use client';

import { type RefObject, useEffect, useRef } from 'react';

/** For a row of links that scrolls sideways: the link of the page one is on is brought into sight. */
export function useCurrentInSight(here: string): RefObject<HTMLElement | null> {
  const row = useRef<HTMLElement>(null);
  useEffect(() => {
    const current = row.current?.querySelector<HTMLElement>('[aria-current="page"]');
    if (!row.current || !current || here === '') return;
    const { clientWidth } = row.current;
    row.current.scrollLeft = current.offsetLeft - (clientWidth - current.offsetWidth) / 2;
  }, [here]);
  return row;
}
