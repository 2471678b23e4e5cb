export { type Client, type ClientOptions, createClient } from './client.ts';
export { ClientError, type ClientErrorCode } from './client-error.ts';
export {
  CancelSearchDocument,
  CandidatesDocument,
  type CandidatesQuery,
  type CellDetailFragment,
  CurvesDocument,
  type CurvesQuery,
  type EventDetailFragment,
  type JobDetailFragment,
  type JobState,
  LeaderboardDocument,
  type LeaderboardQuery,
  type NetworkDetailFragment,
  type Phase,
  SearchDetailDocument,
  type SearchDetailQuery,
  SearchListDocument,
  type SearchListQuery,
  type SearchState,
  type SearchSummaryFragment,
  ServerInfoDocument,
  SolveDocument,
  type SolveQuery,
  StartSearchDocument,
} from './generated/graphql.ts';
export { toSearchSpecInput } from './search-spec-input.ts';
export { type WatchOptions, watchSearch } from './watch-search.ts';
