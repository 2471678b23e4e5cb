'use client';

import { useRouter } from 'next/navigation';
import { useLocale } from 'next-intl';
import { useSyncExternalStore } from 'react';
import { type Locale, localeCookie } from '../messages/locale.ts';
import { readTheme, type Theme, themeCookie } from '../theme/theme.ts';
import { keepChoice } from '../ui/keep-choice.ts';

interface Appearance {
  readonly theme: Theme;
  readonly locale: Locale;
  readonly chooseTheme: (theme: Theme) => void;
  readonly chooseLocale: (locale: Locale) => void;
}

/** Theme and language. Charts and pages take the new colours at once; a new language comes from the server. */
export function useAppearance(): Appearance {
  const router = useRouter();
  const locale = useLocale();
  const theme = useSyncExternalStore(
    followTheme,
    () => readTheme(document.documentElement.dataset.theme),
    (): Theme => 'system',
  );
  return {
    theme,
    locale,
    chooseTheme: (next) => {
      keepChoice(themeCookie, next);
      document.documentElement.dataset.theme = next;
    },
    chooseLocale: (next) => {
      keepChoice(localeCookie, next);
      router.refresh();
    },
  };
}

function followTheme(onChange: () => void): () => void {
  const observer = new MutationObserver(onChange);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
}
