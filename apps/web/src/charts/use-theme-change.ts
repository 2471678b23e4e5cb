'use client';

import { useEffect, useState } from 'react';

/** A number that grows when the page changes between light and dark: a canvas is drawn anew then. */
export function useThemeChange(): number {
  const [changes, setChanges] = useState(0);
  useEffect(() => {
    const onChange = () => setChanges((before) => before + 1);
    const observer = new MutationObserver(onChange);
    observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    const system = matchMedia('(prefers-color-scheme: dark)');
    system.addEventListener('change', onChange);
    return () => {
      observer.disconnect();
      system.removeEventListener('change', onChange);
    };
  }, []);
  return changes;
}
