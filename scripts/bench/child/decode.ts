// A process of the bench: decodes images, which needs no engine. `node decode.ts`
import {
  type DecodeWorkload,
  openDecoding,
} from '../../../packages/datasets/bench/decode-workload.ts';
import { serve } from './serve.ts';

await serve({
  describe: async () => ({
    device: 'sharp',
    versions: { node: process.versions.node },
  }),
  open: async (workload) => ({ params: null, ...(await openDecoding(workload as DecodeWorkload)) }),
});
