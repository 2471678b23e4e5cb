export { type Happening, tell } from './happenings.ts';
export { type Logger, logLevels, openLog } from './log.ts';
export { tellPool } from './pool-metrics.ts';
export { processMetrics } from './process-metrics.ts';
export { requestIdFrom } from './request-id.ts';
export { answerScrape, refusalOfScrape } from './scrape.ts';
export { currentWork, type Work, within } from './work.ts';
export { countWork } from './work-metrics.ts';
