import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';

let ofProcess: Registry | undefined;

/**
 * What every Node process tells of itself (processor, memory, handles, delays of the event loop), and
 * which version it is. One for each process, whatever runs in it.
 */
export function processMetrics(app: string, version: string): Registry {
  if (ofProcess === undefined) {
    ofProcess = new Registry();
    collectDefaultMetrics({ register: ofProcess });
    new Gauge({
      name: 'blockwise_build_info',
      help: 'Always 1: which process of which version this is.',
      labelNames: ['app', 'version'],
      registers: [ofProcess],
    }).set({ app, version }, 1);
  }
  return ofProcess;
}
