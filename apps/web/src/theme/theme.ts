/** Light, dark, or as the system has it. */
export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/** Cookie that keeps a reader's choice, so that the server's first answer has the right colours. */
export const themeCookie = 'blockwise-theme';

export function readTheme(text: string | undefined): Theme {
  return themes.find((theme) => theme === text) ?? 'system';
}
