export type { Confusion, ConfusionCount } from './confusion.ts';
export { type ConstraintsSpec, constraints, type LatencySpec, latencySpec } from './constraints.ts';
export { type DatasetInfo, type DatasetSource, datasetInfo, datasetSource } from './dataset.ts';
export { blockEpochs, blockLearningRate, type DistilSpec } from './distil-spec.ts';
export { type EngineName, engineName, engineNames } from './engine.ts';
export { enumName } from './enum-name.ts';
export { DomainError, type ErrorCode, type ErrorPath, errorCodes } from './errors.ts';
export {
  eventChannel,
  eventNotice,
  type Failure,
  type SearchEvent,
  type SearchEventKind,
  searchEvent,
  trainerChannel,
} from './events.ts';
export { type ExportFormat, exportFormat, exportFormats } from './export-format.ts';
export type { FeatureSpec, FeatureType } from './feature-spec.ts';
export { toInputForm } from './input-form.ts';
export {
  type JobKind,
  type JobPayload,
  jobCatalogue,
  jobKinds,
  jobPriority,
  kindsByUrgency,
  parsePayload,
  queueName,
} from './jobs.ts';
export {
  type BudgetAxis,
  budgetAxis,
  defaultTolerance,
  type EntryCost,
  type EntryImport,
  type EntryState,
  type EntryTraining,
  entryCost,
  entryImport,
  entryState,
  entryTraining,
  type LeaderboardBudget,
  type LeaderboardDocument,
  type LeaderboardDocumentEntry,
  type LeaderboardEventKind,
  type LeaderboardMetric,
  leaderboardBudget,
  leaderboardChannel,
  leaderboardDescription,
  leaderboardDocument,
  leaderboardEventKind,
  leaderboardMetric,
  leaderboardName,
  leaderboardNotice,
  rankedStates,
} from './leaderboard.ts';
export { isLoopbackAuthority, isLoopbackHost, isSafeOrigin } from './loopback.ts';
export { isPickleName } from './pickle-name.ts';
export { presets } from './presets.ts';
export type { RatingMeasure, RatingSpec } from './rating-spec.ts';
export type { Augment, Recipe } from './recipe.ts';
export { type PublishedRecipe, type RecipeName, recipeNames, recipes } from './recipes.ts';
export {
  type AuditSpec,
  auditSpec,
  type GlobalDistilSpec,
  type NetworkTraining,
  networkTraining,
  type RetrainSpec,
} from './retrain-spec.ts';
export { type Retry, retryOf, retryWaitSeconds } from './retries.ts';
export {
  isAtLeast,
  type TeamRole,
  type TokenScope,
  teamRole,
  tokenScope,
  type Visibility,
  visibility,
} from './rights.ts';
export { maxSamples, type SampleSheet, sampleSheet } from './sample-sheet.ts';
export {
  type SearchSpec,
  type SearchSpecInput,
  searchSpec,
} from './search-spec.ts';
export {
  isFinalJobState,
  isFinalSearchState,
  type JobState,
  jobState,
  type Phase,
  phase,
  phases,
  type SearchPriority,
  type SearchState,
  searchPriority,
  searchState,
  searchTransitions,
} from './states.ts';
export type { TeacherSpec } from './teacher-spec.ts';
export {
  type RecipeDifference,
  recipeDifferences,
  recipeOf,
  type TrainingSpec,
  trainingSpec,
} from './training-spec.ts';
export {
  type AlertEvent,
  type Announcement,
  alertEvents,
  announcement,
  serverEvents,
  type WebhookEvent,
  webhookEvent,
  webhookEvents,
} from './webhooks.ts';
