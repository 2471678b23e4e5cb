import { MeasureLatencyDocument } from '../../generated/graphql.ts';
import { defineCommand } from '../command.ts';
import { flag } from '../flag.ts';
import { readSearch, watchJobs } from '../watch.ts';

export const latency = defineCommand({
  name: 'latency',
  operands: ['ID'],
  told: "measures the latencies of a complete search's space once more, and prints the table's id",
  flags: {
    engine: flag.text('NAME', 'engine of the trainer (whichever takes the job)'),
    batch: flag.whole('N', 'images per timed pass (1)'),
    repeats: flag.whole('N', 'timed passes per layer; the median counts (15)'),
    key: flag.text('TEXT', 'idempotency key: starts nothing twice'),
    watch: flag.on('prints what happens, until it is measured'),
  },
  async run(context, { key, watch, ...spec }, id = '') {
    const { client, print } = context;
    const { cursor } = await readSearch(client, id);
    const { measureLatency } = await client.request(MeasureLatencyDocument, {
      input: { search: id, latency: spec, idempotencyKey: key },
    });
    print(measureLatency.id);
    const jobs = measureLatency.job === null ? [] : [measureLatency.job.id];
    return watch ? watchJobs(context, { search: id, after: cursor }, jobs) : 0;
  },
});
