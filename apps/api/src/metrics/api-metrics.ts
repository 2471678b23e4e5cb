import { countWork, processMetrics, tellPool } from '@blockwise/telemetry';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { serverInfo } from '../server-info.ts';
import type { DeliveryAttempt } from '../webhooks/courier.ts';
import { type PlatformSources, tellPlatform } from './platform-metrics.ts';

export type OperationKind = 'query' | 'mutation' | 'subscription' | 'unknown';

/** What this process counts while it serves. */
export interface ApiMetrics {
  readonly registries: readonly Registry[];
  /**
   * An operation was answered.
   *
   * @param outcome `OK`, or the code of its first error
   * @param seconds undefined for subscriptions, which last as long as somebody reads
   */
  operation(kind: OperationKind, outcome: string, seconds?: number): void;
  /** What an operation cost that was let in, objects. */
  cost(kind: OperationKind, objects: number): void;
  delivery(outcome: DeliveryAttempt['outcome'], seconds: number): void;
  lostTrainers(count: number): void;
  /** Stops counting. */
  close(): Promise<void>;
  /** How many sockets and subscriptions there are, by what they tell of; asked when somebody scrapes. */
  watch(counts: { sockets(): number; subscriptions(): Record<string, number> }): void;
}

export function openApiMetrics(sources: PlatformSources): ApiMetrics {
  const registry = new Registry();
  const registers = [registry];
  const operations = new Counter({
    name: 'blockwise_api_operations_total',
    help: 'GraphQL operations that were answered, by kind and outcome: OK, or the code of the first error.',
    labelNames: ['kind', 'outcome'],
    registers,
  });
  const seconds = new Histogram({
    name: 'blockwise_api_operation_seconds',
    help: 'How long GraphQL queries and mutations took.',
    labelNames: ['kind'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers,
  });
  const costs = new Counter({
    name: 'blockwise_api_cost_objects_total',
    help: 'Objects that GraphQL operations were counted for against the limits.',
    labelNames: ['kind'],
    registers,
  });
  const deliveries = new Histogram({
    name: 'blockwise_webhook_attempt_seconds',
    help: 'How long attempts to send messages of webhooks took, by outcome.',
    labelNames: ['outcome'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  const lost = new Counter({
    name: 'blockwise_trainers_lost_total',
    help: 'Trainers that fell silent, as this process was the first to note.',
    registers,
  });
  tellPlatform(registry, sources);
  tellPool(registry, sources.database.pool);
  const stopCounting = countWork(registry);
  return {
    registries: [processMetrics('api', serverInfo.version), registry],
    operation(kind, outcome, took) {
      operations.inc({ kind, outcome });
      if (took !== undefined) seconds.observe({ kind }, took);
    },
    cost: (kind, objects) => costs.inc({ kind }, objects),
    delivery: (outcome, took) => deliveries.observe({ outcome }, took),
    lostTrainers: (count) => lost.inc(count),
    close: async () => stopCounting(),
    watch(counts) {
      new Gauge({
        name: 'blockwise_api_sockets',
        help: 'WebSockets that are open.',
        registers,
        collect() {
          this.set(counts.sockets());
        },
      });
      new Gauge({
        name: 'blockwise_api_subscriptions',
        help: 'Subscriptions that are being served, by what they tell of.',
        labelNames: ['of'],
        registers,
        collect() {
          for (const [of, count] of Object.entries(counts.subscriptions())) this.set({ of }, count);
        },
      });
    },
  };
}
