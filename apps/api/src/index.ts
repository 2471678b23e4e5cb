export { type ApiEnv, readEnv } from './env.ts';
export { createLog, type Log } from './log.ts';
export { type ApiServer, createServer } from './server.ts';
