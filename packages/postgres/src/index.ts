export { freePort, isPortFree } from './ports.ts';
export { type PostgresOptions, type PostgresServer, startPostgres } from './server.ts';
