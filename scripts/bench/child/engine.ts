// A process of the bench: runs workloads on one engine. `node engine.ts ENGINE`
import { type EngineName, engineName } from '../../../packages/contracts/src/index.ts';
import { benchEngineOptions } from '../../../packages/engine/bench/engine-options.ts';
import { type EngineWorkload, openWorkload } from '../../../packages/engine/bench/workloads.ts';
import { openEngine } from '../../../packages/engine/src/index.ts';
import { serve } from './serve.ts';

const engine: EngineName = engineName.parse(process.argv[2]);

await serve({
  describe: async () => {
    const { device, versions } = await openEngine(engine, benchEngineOptions);
    return { device, versions };
  },
  open: async (workload) => await openWorkload(workload as EngineWorkload, engine),
});
