'use client';

import { LogPanel } from '../log/log-panel.tsx';
import { Pipeline } from '../pipeline/pipeline.tsx';
import { CurvePanel } from './curve-panel.tsx';
import { LatencyPanel } from './latency-panel.tsx';
import { useSearch } from './search-frame.tsx';

/** What runs and how it learns. */
export function Overview() {
  const { search, curves } = useSearch();
  return (
    <>
      <Pipeline />
      <CurvePanel search={search} curves={curves} />
      <LogPanel />
      <LatencyPanel search={search} />
    </>
  );
}
