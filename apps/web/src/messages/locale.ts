/** Languages of the dashboard: English is the source, every other one has the same keys. */
export const locales = ['en', 'ja'] as const;
export type Locale = (typeof locales)[number];

/** Names of the languages in themselves. */
export const localeNames: Record<Locale, string> = { en: 'English', ja: '日本語' };

/** Cookie that keeps a reader's choice; without it the browser's languages decide. */
export const localeCookie = 'blockwise-locale';

/**
 * The chosen language, or the first one of an `Accept-Language` header that the dashboard speaks, or
 * English.
 */
export function pickLocale(chosen: string | undefined, acceptLanguage: string | null): Locale {
  const asked = [chosen ?? '', ...(acceptLanguage ?? '').split(',')];
  for (const each of asked) {
    const language = each.split(';')[0]?.trim().split('-')[0];
    const locale = locales.find((known) => known === language);
    if (locale !== undefined) return locale;
  }
  return 'en';
}
