export {
  type ActivityRow,
  activitiesOfTeams,
  countActivities,
  countFailedSignIns,
  listActivities,
  type NewActivity,
  readActivities,
  recordActivity,
} from './accounts/activities.ts';
export {
  acceptInvitation,
  type InvitationRow,
  type Invite,
  invite,
  openInvitation,
  openInvitationsOfTeams,
  readInvitations,
  revokeInvitation,
} from './accounts/invitations.ts';
export {
  type Principal,
  principalOfToken,
  principalOfTokenId,
  principalOfUser,
} from './accounts/principal.ts';
export { type Guarded, isReadable, type Reader } from './accounts/readable.ts';
export { signInTables } from './accounts/sign-in.ts';
export {
  changeMember,
  countTeams,
  createTeam,
  deleteTeam,
  type ListTeams,
  listTeams,
  type MembershipRow,
  membershipsOfUsers,
  membersOfTeams,
  readTeams,
  renameTeam,
  type TeamRow,
} from './accounts/teams.ts';
export {
  type CreateToken,
  createToken,
  readTokens,
  revokeToken,
  type TokenRow,
  tokensOfTeams,
  tokensOfUsers,
} from './accounts/tokens.ts';
export {
  ensureOwner,
  readUsers,
  renameUser,
  type UserRow,
  userOfEmail,
} from './accounts/users.ts';
export {
  divergedSearches,
  growingQueue,
  lostTrainers,
  stalledSearches,
} from './alerts/look.ts';
export { type AlertChange, settleAlerts, type WrongNow } from './alerts/settle-alerts.ts';
export { type ArtifactKey, type ArtifactRow, readArtifacts } from './artifacts.ts';
export type {
  Attempt,
  CurvePoints,
  CutResult,
  DistilResult,
  LatencyResult,
  PlannedNetwork,
  RateResult,
  RetrainResult,
  SolveResult,
  Standing,
  StoredArtifact,
  TeacherResult,
} from './attempt/attempt.ts';
export { beginAttempt, type Taker } from './attempt/begin.ts';
export { type AuditedNetwork, auditedNetworks } from './audited-networks.ts';
export { auditsOf, auditsOfSearches, readAudit } from './audits.ts';
export { readManifest } from './backup/manifest.ts';
export { type RestoreReport, restoreBackup } from './backup/restore-backup.ts';
export { type BackupReport, writeBackup } from './backup/write-backup.ts';
export { type HeldAttempt, type HeldBy, holdAttempt } from './by-token/hold.ts';
export { holdsJob, mayReadArtifact } from './by-token/readable-artifacts.ts';
export { recordUpload, uploadOf } from './by-token/uploads.ts';
export { candidateBatches } from './candidate-batches.ts';
export { type CandidateColumns, candidateColumns } from './candidate-columns.ts';
export {
  type Bounds,
  type CandidateFilter,
  type CandidateOrder,
  countCandidates,
  type ListCandidates,
  listCandidates,
  ratingsOf,
  readCandidates,
  type StoredRating,
} from './candidates.ts';
export { cellsOf, readCell } from './cells.ts';
export { type ConfusionRow, confusionsOfRetrainings, confusionsOfTeachers } from './confusions.ts';
export { type CurvePiece, curveBatches } from './curve-batches.ts';
export { type CurveQuery, curveKeysOf, readCurves } from './curves.ts';
export { type Database, type DatabaseOptions, openDatabase, proveReady } from './database.ts';
export { readEvents, readEventsAt, readLog } from './events.ts';
export { exportsOfMany, readExport, readExportFile } from './exports.ts';
export { featureMapsOfCells, readFeatureMaps } from './feature-maps.ts';
export { type FinishedRun, lastFinishedRuns } from './finished-runs.ts';
export { lastReadOfFolder } from './folder-readers.ts';
export { cancelAudit } from './follow-up/cancel-audit.ts';
export { cancelJob } from './follow-up/cancel-job.ts';
export { requestCut } from './follow-up/request-cut.ts';
export {
  type NetworkWeights,
  requestNetworkExport,
  requestTeacherExport,
} from './follow-up/request-export.ts';
export {
  maxMapFloats,
  maxMapSamples,
  requestFeatureMaps,
} from './follow-up/request-feature-maps.ts';
export { type RequestLatency, requestLatency } from './follow-up/request-latency.ts';
export { type RequestRetraining, requestRetraining } from './follow-up/request-retraining.ts';
export { type StartAudit, startAudit } from './follow-up/start-audit.ts';
export { exportLineage } from './job-inputs/export-lineage.ts';
export { type NormalisationChoice, normalisationChoice } from './job-inputs/normalisation.ts';
export { type TeacherOriginRow, teacherOrigin } from './job-inputs/teacher-origin.ts';
export { jobsOf, jobsOfSearches, readJob, runsOf } from './jobs.ts';
export { setVisibilityOf, updateSearch } from './labels.ts';
export { latencyTablesOf, latencyTablesOfSearches, readLatencyTable } from './latency-tables.ts';
export {
  type CreateLeaderboard,
  createLeaderboard,
  deleteLeaderboard,
  type LeaderboardPatch,
  readLeaderboard,
  readSharedLeaderboard,
  shareLeaderboard,
  unshareLeaderboard,
  updateLeaderboard,
} from './leaderboard/boards.ts';
export { exportLeaderboard, importLeaderboard } from './leaderboard/document.ts';
export { type EnterLeaderboard, enterLeaderboard } from './leaderboard/enter.ts';
export {
  countsOfBoards,
  type EntryFilter,
  type EntryOrderField,
  entriesOfBoards,
  entriesOfNetworks,
  leadersOfBoards,
  leadsOfBoards,
  ranksOfEntries,
  readEntries,
  readEntry,
} from './leaderboard/entries.ts';
export { readLeaderboardEvents } from './leaderboard/events.ts';
export {
  countLeaderboards,
  type LeaderboardFilter,
  type LeaderboardOrder,
  listLeaderboards,
} from './leaderboard/list-boards.ts';
export type {
  BoardDataset,
  EntryRow,
  EntryVerification,
  LeaderboardEventRow,
  LeaderboardRow,
  LeadRow,
} from './leaderboard/rows.ts';
export { type VerifyResult, verifyEntry } from './leaderboard/verify.ts';
export { withdrawEntry } from './leaderboard/withdraw.ts';
export { countDatasets, type ListDatasets, listDatasets } from './list-datasets.ts';
export {
  countSearches,
  type ListSearches,
  listSearches,
  type SearchFilter,
} from './list-searches.ts';
export { countTeachers, type ListTeachers, listTeachers } from './list-teachers.ts';
export {
  type EventListener,
  type ListenOptions,
  listenForEvents,
  listenForLeaderboards,
  listenForTrainers,
} from './listen.ts';
export { failLostJobs, watchLostJobs } from './lost-jobs.ts';
export {
  auditsOfMany,
  bestCandidatesOfMany,
  cellsOfMany,
  curveKeysOfMany,
  jobsOfMany,
  networksOfAudits,
  networksOfMany,
  retrainingsOfMany,
  runsOfMany,
} from './many.ts';
export { migrate } from './migrate.ts';
export { type Narrowed, readNarrowed } from './narrowed.ts';
export {
  type NetworkFilter,
  networksOf,
  networksOfSearches,
  readNetwork,
  readRetraining,
  retrainingsOf,
} from './networks.ts';
export { nextDelivery } from './next-delivery.ts';
export { type OwnedList, type OwnedPageRequest, pageOfOwner } from './owned-list.ts';
export type { Page, PageRequest } from './page.ts';
export {
  countPendingDeliveries,
  phaseSilence,
  storedAmounts,
  trainersByEngine,
} from './platform-figures.ts';
export { type PooledPath, poolOf } from './pool.ts';
export { type PresentTrainers, presentTrainers } from './present-trainers.ts';
export { proveMigrated } from './prove-migrated.ts';
export { type Delivery, openQueue, type Queue, type QueueOptions } from './queue.ts';
export {
  type PhaseDepth,
  queueDepth,
  type TrainerCounts,
  trainerCounts,
} from './queue-depth.ts';
export { type SharedSpending, type Spending, shareSpending } from './rate-spending.ts';
export { type Repeated, repeat } from './repeat.ts';
export { type Swept, sweepArtifacts, watchArtifacts } from './retention/sweep-artifacts.ts';
export type {
  AuditRow,
  BlockChoice,
  CandidateRow,
  CellRow,
  Checkpoint,
  CostValues,
  CountValues,
  CutRow,
  CutShape,
  DatasetRow,
  EventRow,
  ExportFileRow,
  ExportRow,
  ExportSource,
  FeatureMapsRow,
  FeatureUse,
  JobRow,
  LatencyTableRow,
  MeasuredLatency,
  NetworkOrigin,
  NetworkRow,
  Progress,
  RetrainingRow,
  RunRow,
  SearchRow,
  StoredCosts,
  StoredSamples,
  TeacherKind,
  TeacherRow,
  TrainedRow,
  TrainerRow,
} from './rows.ts';
export { meanRetrainingSeconds, searchSeconds, secondsUntil } from './run-seconds.ts';
export type { Sampling } from './sample-curve.ts';
export { isSampleSheet } from './sample-sheets.ts';
export {
  checkSearchesCursor,
  type ReadSearchChanges,
  readSearchChanges,
  type SearchChanges,
} from './search-changes.ts';
export {
  bestTop1OfSearches,
  progressOfSearches,
  secondsOfSearches,
} from './search-figures.ts';
export {
  countSearchSpaces,
  type ListSearchSpaces,
  listSearchSpaces,
} from './search-space/list-search-spaces.ts';
export {
  deleteSearchSpace,
  readSearchSpaces,
  type SearchSpaceRow,
  saveSearchSpace,
  updateSearchSpace,
} from './search-space/search-spaces.ts';
export { datasetOf, datasetsOfMany, readSearch, teacherOf } from './searches.ts';
export { type CellPlan, type StartSearch, startSearch } from './start-search.ts';
export { cancelSearch } from './steering/cancel-search.ts';
export { drainTrainer } from './steering/drain-trainer.ts';
export { pauseSearch } from './steering/pause-search.ts';
export { resumeSearch } from './steering/resume-search.ts';
export { retryJob } from './steering/retry-job.ts';
export { setPriority } from './steering/set-priority.ts';
export { localTeamId } from './team.ts';
export { isTooSlow } from './too-slow.ts';
export {
  checkTrainerCursor,
  noteLostTrainers,
  readTrainerChanges,
  type TrainerChanges,
  watchLostTrainers,
} from './trainer-changes.ts';
export { type TrainerUse, trainerUse } from './trainer-use.ts';
export {
  countTrainers,
  jobsOfTrainers,
  type ListTrainers,
  listTrainers,
  readTrainers,
  seeTrainer,
  type TrainerFilter,
  type TrainerIdentity,
  type TrainerState,
  trainerState,
  versionsOfTrainers,
} from './trainers.ts';
export { isUnavailable } from './unavailable.ts';
export { countWaitingJobs, listWaitingJobs, unfinishedJobs } from './waiting-jobs.ts';
export { announce } from './webhooks/announce.ts';
export {
  type DeliveryFilter,
  deliveriesOfWebhooks,
  ping,
  readDelivery,
  redeliver,
} from './webhooks/deliveries.ts';
export type { DeliveryRow, DeliveryState, TakenDelivery, WebhookRow } from './webhooks/rows.ts';
export { switchOffFailing } from './webhooks/switch-off.ts';
export {
  type DeliveryOutcome,
  pruneDeliveries,
  settleDelivery,
  type TakeDeliveries,
  takeDeliveries,
} from './webhooks/take.ts';
export {
  createWebhook,
  deleteWebhook,
  type NewWebhook,
  readWebhook,
  rotateWebhookSecret,
  updateWebhook,
  type WebhookChange,
  webhooksOfTeams,
} from './webhooks/webhooks.ts';
export type { CurveRow } from './whole-curves.ts';
