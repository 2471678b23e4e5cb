'use client';

import { useTranslations } from 'next-intl';
import { localeNames, locales } from '../messages/locale.ts';
import { useAppearance } from '../shell/use-appearance.ts';
import { themes } from '../theme/theme.ts';
import { Segments } from '../ui/fields.tsx';
import styles from './account.module.css';

/** Theme and language, kept in this browser. */
export function AppearanceForm() {
  const say = useTranslations('account');
  const shell = useTranslations('shell');
  const { theme, locale, chooseTheme, chooseLocale } = useAppearance();
  return (
    <section className={styles.part} aria-label={shell('appearance')}>
      <h3>{shell('appearance')}</h3>
      <div>
        <Segments
          label={shell('theme')}
          value={theme}
          options={themes.map((value) => ({ value, name: shell(`themes.${value}`) }))}
          onChange={chooseTheme}
        />
      </div>
      <div>
        <Segments
          label={shell('language')}
          value={locale}
          options={locales.map((value) => ({ value, name: localeNames[value] }))}
          onChange={chooseLocale}
        />
      </div>
      <p className={styles.note}>{say('appearanceNote')}</p>
    </section>
  );
}
