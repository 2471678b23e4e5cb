// Runs in a process of its own, started by agreement.test.ts: the tiny search on one engine.

import type { EngineName } from '@blockwise/contracts';
import { openEngine } from '../backends/open.ts';
import { runTinySearch } from './tiny-search.ts';

process.once('message', (name: EngineName) => {
  openEngine(name, { allowSoftware: true })
    .then(runTinySearch)
    .then(
      (found) => process.send?.(found, () => process.exit(0)),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
});
