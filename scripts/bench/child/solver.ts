// A process of the bench: the searches of the dna package, which need no engine. `node solver.ts`
import { openSearch } from '../../../packages/dna/bench/searches.ts';
import { serve } from './serve.ts';

await serve({
  describe: async () => ({
    device: 'JavaScript, 1 thread',
    versions: { node: process.versions.node },
  }),
  open: async (workload) => {
    const { run, note } = openSearch(workload);
    return { params: null, images: null, note, run: async () => run(), close: () => {} };
  },
});
