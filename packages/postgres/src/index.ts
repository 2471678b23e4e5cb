export { freePort } from './ports.ts';
export { type PostgresOptions, type PostgresServer, startPostgres } from './server.ts';
