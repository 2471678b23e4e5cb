import packageJson from '../package.json' with { type: 'json' };

/** What `serverInfo` answers. A feature's name never changes its meaning. */
export const serverInfo = {
  name: 'Blockwise',
  version: packageJson.version,
  features: [
    'searches',
    'candidates',
    'solve',
    'paretoFront',
    'spaces',
    'networks',
    'recipes',
    'latencyTables',
    'retrainNetworks',
    'cutWeights',
    'exports',
    'audits',
    'rankReport',
    'curves',
    'leaderboard',
    'trainerTokens',
    'webhooks',
    'searchEvents.subscription',
    'searchEvents.polling',
    'curvePoints.subscription',
    'curvePoints.polling',
  ],
} as const satisfies { name: string; version: string; features: readonly string[] };
