import { Gauge, type Registry } from 'prom-client';

/** A pool of connections as `pg` has it. */
export interface ConnectionPool {
  readonly totalCount: number;
  readonly idleCount: number;
  readonly waitingCount: number;
  readonly options: { readonly max: number };
}

/** How many connections to the database a process has, and whether anybody waits for one. */
export function tellPool(registry: Registry, pool: ConnectionPool): void {
  new Gauge({
    name: 'blockwise_database_pool_connections',
    help: 'Connections to the database that this process has open, by whether they are in use.',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      this.set({ state: 'used' }, pool.totalCount - pool.idleCount);
      this.set({ state: 'idle' }, pool.idleCount);
    },
  });
  new Gauge({
    name: 'blockwise_database_pool_limit_connections',
    help: 'Connections to the database that this process may have.',
    registers: [registry],
    collect() {
      this.set(pool.options.max);
    },
  });
  new Gauge({
    name: 'blockwise_database_pool_waiting_requests',
    help: 'Requests of this process that wait for a connection to the database.',
    registers: [registry],
    collect() {
      this.set(pool.waitingCount);
    },
  });
}
