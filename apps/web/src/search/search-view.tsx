'use client';

import { AuditPanel } from '../audit/audit-panel.tsx';
import { useLiveSearch } from '../live/use-live-search.ts';
import { Empty, Problem } from '../ui/page.tsx';
import { BudgetPanel } from './budget-panel.tsx';
import { CandidatePanel } from './candidate-panel.tsx';
import { CurvePanel } from './curve-panel.tsx';
import { LatencyPanel } from './latency-panel.tsx';
import { NetworkPanel } from './network-panel.tsx';
import { PipelinePanel } from './pipeline-panel.tsx';
import { SearchHead } from './search-head.tsx';

/** A search, live: what runs, how it learns, what was rated, what was found. */
export function SearchView({ id }: { id: string }) {
  const { search, curves, error, connected, followAgain } = useLiveSearch(id);
  if (search === undefined) {
    return error ? <Problem>{error.message}</Problem> : <Empty>Loading…</Empty>;
  }
  if (search === null) return <Problem>There is no search with this id.</Problem>;
  return (
    <>
      <SearchHead search={search} />
      {error && <Problem>{error.message}</Problem>}
      {!connected && <Problem>The connection to the API is lost; trying again…</Problem>}
      <PipelinePanel search={search} />
      <CurvePanel search={search} curves={curves} />
      <LatencyPanel search={search} />
      <CandidatePanel search={search} />
      <NetworkPanel search={search} />
      <BudgetPanel search={search} />
      <AuditPanel search={search} onStarted={followAgain} />
    </>
  );
}
