'use client';

import { CurvePanel } from './curve-panel.tsx';
import { LatencyPanel } from './latency-panel.tsx';
import { PipelinePanel } from './pipeline-panel.tsx';
import { useSearch } from './search-frame.tsx';

/** What runs and how it learns. */
export function Overview() {
  const { search, curves } = useSearch();
  return (
    <>
      <PipelinePanel search={search} />
      <CurvePanel search={search} curves={curves} />
      <LatencyPanel search={search} />
    </>
  );
}
