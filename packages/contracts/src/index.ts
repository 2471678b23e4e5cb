export { type DatasetInfo, type DatasetSource, datasetInfo, datasetSource } from './dataset.ts';
export { DomainError, type ErrorCode, type ErrorPath, errorCodes } from './errors.ts';
export {
  eventChannel,
  eventNotice,
  type Failure,
  type SearchEvent,
  type SearchEventKind,
  searchEvent,
} from './events.ts';
export {
  type JobKind,
  type JobPayload,
  jobCatalogue,
  jobKinds,
  parsePayload,
  queueName,
} from './jobs.ts';
export { presets } from './presets.ts';
export {
  type ClassifierTrainingSpec,
  type DistilSpec,
  type SearchSpec,
  type SearchSpecInput,
  searchSpec,
  type TeacherSpec,
} from './search-spec.ts';
export {
  isFinalJobState,
  isFinalSearchState,
  type JobState,
  jobState,
  jobTransitions,
  type Phase,
  phase,
  phases,
  type SearchState,
  searchState,
  searchTransitions,
} from './states.ts';
