export { type Logger, logLevels, openLog } from './log.ts';
export { requestIdFrom } from './request-id.ts';
export { currentWork, type Work, within } from './work.ts';
