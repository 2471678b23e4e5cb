import enAccount from './en/account.json' with { type: 'json' };
import enApi from './en/api.json' with { type: 'json' };
import enArchitecture from './en/architecture.json' with { type: 'json' };
import enBudgets from './en/budgets.json' with { type: 'json' };
import enCell from './en/cell.json' with { type: 'json' };
import enCharts from './en/charts.json' with { type: 'json' };
import enClassify from './en/classify.json' with { type: 'json' };
import enCommon from './en/common.json' with { type: 'json' };
import enCompare from './en/compare.json' with { type: 'json' };
import enCurves from './en/curves.json' with { type: 'json' };
import enLatency from './en/latency.json' with { type: 'json' };
import enLeaderboard from './en/leaderboard.json' with { type: 'json' };
import enLog from './en/log.json' with { type: 'json' };
import enMaps from './en/maps.json' with { type: 'json' };
import enNetwork from './en/network.json' with { type: 'json' };
import enPipeline from './en/pipeline.json' with { type: 'json' };
import enRecipe from './en/recipe.json' with { type: 'json' };
import enSearch from './en/search.json' with { type: 'json' };
import enSearches from './en/searches.json' with { type: 'json' };
import enShell from './en/shell.json' with { type: 'json' };
import enStart from './en/start.json' with { type: 'json' };
import enTeams from './en/teams.json' with { type: 'json' };
import enTrainers from './en/trainers.json' with { type: 'json' };
import enTrust from './en/trust.json' with { type: 'json' };
import jaAccount from './ja/account.json' with { type: 'json' };
import jaApi from './ja/api.json' with { type: 'json' };
import jaArchitecture from './ja/architecture.json' with { type: 'json' };
import jaBudgets from './ja/budgets.json' with { type: 'json' };
import jaCell from './ja/cell.json' with { type: 'json' };
import jaCharts from './ja/charts.json' with { type: 'json' };
import jaClassify from './ja/classify.json' with { type: 'json' };
import jaCommon from './ja/common.json' with { type: 'json' };
import jaCompare from './ja/compare.json' with { type: 'json' };
import jaCurves from './ja/curves.json' with { type: 'json' };
import jaLatency from './ja/latency.json' with { type: 'json' };
import jaLeaderboard from './ja/leaderboard.json' with { type: 'json' };
import jaLog from './ja/log.json' with { type: 'json' };
import jaMaps from './ja/maps.json' with { type: 'json' };
import jaNetwork from './ja/network.json' with { type: 'json' };
import jaPipeline from './ja/pipeline.json' with { type: 'json' };
import jaRecipe from './ja/recipe.json' with { type: 'json' };
import jaSearch from './ja/search.json' with { type: 'json' };
import jaSearches from './ja/searches.json' with { type: 'json' };
import jaShell from './ja/shell.json' with { type: 'json' };
import jaStart from './ja/start.json' with { type: 'json' };
import jaTeams from './ja/teams.json' with { type: 'json' };
import jaTrainers from './ja/trainers.json' with { type: 'json' };
import jaTrust from './ja/trust.json' with { type: 'json' };
import type { Locale } from './locale.ts';

/** Texts by room: `en/common.json` is the namespace `common`. */
const en = {
  account: enAccount,
  api: enApi,
  architecture: enArchitecture,
  budgets: enBudgets,
  cell: enCell,
  charts: enCharts,
  classify: enClassify,
  common: enCommon,
  compare: enCompare,
  curves: enCurves,
  latency: enLatency,
  leaderboard: enLeaderboard,
  log: enLog,
  maps: enMaps,
  network: enNetwork,
  pipeline: enPipeline,
  recipe: enRecipe,
  search: enSearch,
  searches: enSearches,
  shell: enShell,
  start: enStart,
  teams: enTeams,
  trainers: enTrainers,
  trust: enTrust,
};

export type Messages = typeof en;

const ja: Messages = {
  account: jaAccount,
  api: jaApi,
  architecture: jaArchitecture,
  budgets: jaBudgets,
  cell: jaCell,
  charts: jaCharts,
  classify: jaClassify,
  common: jaCommon,
  compare: jaCompare,
  curves: jaCurves,
  latency: jaLatency,
  leaderboard: jaLeaderboard,
  log: jaLog,
  maps: jaMaps,
  network: jaNetwork,
  pipeline: jaPipeline,
  recipe: jaRecipe,
  search: jaSearch,
  searches: jaSearches,
  shell: jaShell,
  start: jaStart,
  teams: jaTeams,
  trainers: jaTrainers,
  trust: jaTrust,
};

const catalogues: Record<Locale, Messages> = { en, ja };

export function messagesOf(locale: Locale): Messages {
  return catalogues[locale];
}
