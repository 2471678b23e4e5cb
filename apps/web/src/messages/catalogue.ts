import enCharts from './en/charts.json' with { type: 'json' };
import enCommon from './en/common.json' with { type: 'json' };
import enSearch from './en/search.json' with { type: 'json' };
import enShell from './en/shell.json' with { type: 'json' };
import jaCharts from './ja/charts.json' with { type: 'json' };
import jaCommon from './ja/common.json' with { type: 'json' };
import jaSearch from './ja/search.json' with { type: 'json' };
import jaShell from './ja/shell.json' with { type: 'json' };
import type { Locale } from './locale.ts';

/** Texts by room: `en/common.json` is the namespace `common`. */
const en = {
  charts: enCharts,
  common: enCommon,
  search: enSearch,
  shell: enShell,
};

export type Messages = typeof en;

const ja: Messages = {
  charts: jaCharts,
  common: jaCommon,
  search: jaSearch,
  shell: jaShell,
};

const catalogues: Record<Locale, Messages> = { en, ja };

export function messagesOf(locale: Locale): Messages {
  return catalogues[locale];
}
