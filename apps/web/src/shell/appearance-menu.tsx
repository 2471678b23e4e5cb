'use client';

import { SunMoon } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { Header, MenuSection } from 'react-aria-components';
import { type Locale, localeCookie, localeNames, locales } from '../messages/locale.ts';
import { readTheme, type Theme, themeCookie, themes } from '../theme/theme.ts';
import { Button } from '../ui/button.tsx';
import { keepChoice } from '../ui/keep-choice.ts';
import { Menu, MenuItem } from '../ui/menu.tsx';
import styles from './appearance-menu.module.css';

/** Theme and language. Charts and pages take the new colours at once; a new language comes from the server. */
export function AppearanceMenu() {
  const say = useTranslations('shell');
  const router = useRouter();
  const locale = useLocale();
  const [theme, setTheme] = useState<Theme>();
  const current =
    theme ??
    (typeof document === 'undefined'
      ? 'system'
      : readTheme(document.documentElement.dataset.theme));
  const chooseTheme = (next: Theme) => {
    keepChoice(themeCookie, next);
    document.documentElement.dataset.theme = next;
    setTheme(next);
  };
  const chooseLocale = (next: Locale) => {
    keepChoice(localeCookie, next);
    router.refresh();
  };
  return (
    <Menu
      aria-label={say('appearance')}
      trigger={
        <Button tone="quiet" icon={<SunMoon aria-hidden />}>
          {say('appearance')}
        </Button>
      }
    >
      <MenuSection
        aria-label={say('theme')}
        selectionMode="single"
        selectedKeys={[current]}
        disallowEmptySelection
      >
        <Header className={styles.title}>{say('theme')}</Header>
        {themes.map((each) => (
          <MenuItem key={each} id={each} onAction={() => chooseTheme(each)}>
            {say(`themes.${each}`)}
          </MenuItem>
        ))}
      </MenuSection>
      <MenuSection
        aria-label={say('language')}
        selectionMode="single"
        selectedKeys={[locale]}
        disallowEmptySelection
      >
        <Header className={styles.title}>{say('language')}</Header>
        {locales.map((each) => (
          <MenuItem key={each} id={each} onAction={() => chooseLocale(each)}>
            {localeNames[each]}
          </MenuItem>
        ))}
      </MenuSection>
    </Menu>
  );
}
