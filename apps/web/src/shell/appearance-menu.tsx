'use client';

import { SunMoon } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Header, MenuSection } from 'react-aria-components';
import { localeNames, locales } from '../messages/locale.ts';
import { themes } from '../theme/theme.ts';
import { Button } from '../ui/button.tsx';
import { Menu, MenuItem } from '../ui/menu.tsx';
import styles from './appearance-menu.module.css';
import { useAppearance } from './use-appearance.ts';

/** Theme and language, at hand on every page. */
export function AppearanceMenu() {
  const say = useTranslations('shell');
  const { theme, locale, chooseTheme, chooseLocale } = useAppearance();
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
        selectedKeys={[theme]}
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
