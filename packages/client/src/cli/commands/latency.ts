import { engineNames } from '@blockwise/contracts';
import { LatencyLayersDocument, MeasureLatencyDocument } from '../../generated/graphql.ts';
import { defineCommand } from '../command.ts';
import { flag } from '../flag.ts';
import { type Column, formatFlag, showRows } from '../rows.ts';
import { requireSearch, watchJobs } from '../watch.ts';

const engines = { tensorflow: 'TENSORFLOW', webgpu: 'WEBGPU', wasm: 'WASM', cpu: 'CPU' } as const;

interface Layer {
  readonly key: string;
  readonly milliseconds: number;
}

const columns: readonly Column<Layer>[] = [
  { key: 'layer', of: ({ key }) => key },
  { key: 'milliseconds', of: ({ milliseconds }) => milliseconds },
];

export const latency = defineCommand({
  name: 'latency',
  operands: ['ID'],
  told: "measures the latencies of a complete search's space once more, and prints the table's id",
  flags: {
    engine: flag.choice(engineNames, 'engine of the trainer (whichever takes the job)'),
    batch: flag.whole('N', 'images per timed pass (1)'),
    repeats: flag.whole('N', 'timed passes per layer; the median counts (15)'),
    key: flag.text('TEXT', 'idempotency key: starts nothing twice'),
    watch: flag.on('prints what happens, then the time of every layer'),
    ...formatFlag,
  },
  async run(context, { engine, batch, repeats, key, watch, format }, id = '') {
    const { client, print } = context;
    const { cursor } = await requireSearch(client, id);
    const latency = {
      batch,
      repeats,
      ...(engine === undefined ? {} : { engine: engines[engine] }),
    };
    const { measureLatency } = await client.request(MeasureLatencyDocument, {
      input: { search: id, latency, idempotencyKey: key },
    });
    print(measureLatency.id);
    const jobs = measureLatency.job === null ? [] : [measureLatency.job.id];
    if (watch && measureLatency.measuredAt === null) {
      const status = await watchJobs(context, { search: id, after: cursor }, jobs);
      if (status !== 0) return status;
    }
    const { node } = await client.request(LatencyLayersDocument, { id: measureLatency.id });
    const layers = node?.__typename === 'LatencyTable' ? node.layers : [];
    if (layers.length > 0) print(showRows(layers, columns, format));
    return 0;
  },
});
