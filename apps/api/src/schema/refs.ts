import type { Failure } from '@blockwise/contracts';
import type {
  ActivityRow,
  ArtifactRow,
  AuditRow,
  CandidateRow,
  CellRow,
  DatasetRow,
  DeliveryRow,
  EntryRow,
  ExportFileRow,
  ExportRow,
  FeatureMapsRow,
  InvitationRow,
  JobRow,
  LatencyTableRow,
  LeaderboardRow,
  MembershipRow,
  NetworkRow,
  RetrainingRow,
  RunRow,
  SearchRow,
  SearchSpaceRow,
  TeacherRow,
  TeamRow,
  TokenRow,
  TrainerRow,
  UserRow,
  WebhookRow,
} from '@blockwise/db';
import type { Solution } from '@blockwise/dna';
import type { MeasuredCurve } from '../curve-columns.ts';
import { builder } from './builder.ts';

/** A row that may have been reached by a share link: then it is shown whoever asks. */
export type Shown<Row> = Row & { readonly byLink?: boolean | undefined };
/** A stretch of a search's network between two cut points of the teacher. */
export interface BlockValue {
  readonly searchId: string;
  /** From 0. */
  readonly index: number;
  readonly cells: readonly CellRow[];
}

/*
 * Objects refer to each other in circles (a search has jobs, a job has a cell, a cell has jobs), so
 * their references are made here and each file of the folder fills in its own.
 */
export const SearchObject = builder.objectRef<SearchRow>('Search');
export const SearchSpaceObject = builder.objectRef<SearchSpaceRow>('SearchSpace');
export const CellObject = builder.objectRef<CellRow>('Cell');
export const JobObject = builder.objectRef<JobRow>('Job');
export const RunObject = builder.objectRef<RunRow>('Run');
export const NetworkObject = builder.objectRef<NetworkRow>('Network');
export const RetrainingObject = builder.objectRef<RetrainingRow>('Retraining');
export const LatencyTableObject = builder.objectRef<LatencyTableRow>('LatencyTable');
export const ExportObject = builder.objectRef<ExportRow>('Export');
export const ExportFileObject = builder.objectRef<ExportFileRow>('ExportFile');
export const FeatureMapsObject = builder.objectRef<FeatureMapsRow>('FeatureMaps');
export const AuditObject = builder.objectRef<AuditRow>('RankingAudit');
export const LeaderboardObject = builder.objectRef<Shown<LeaderboardRow>>('Leaderboard');
export const EntryObject = builder.objectRef<Shown<EntryRow>>('Entry');
export const CandidateObject = builder.objectRef<CandidateRow>('Candidate');
export const DatasetObject = builder.objectRef<DatasetRow>('Dataset');
export const FailureObject = builder.objectRef<Failure>('Failure');
export const TeamObject = builder.objectRef<TeamRow>('Team');
export const UserObject = builder.objectRef<UserRow>('User');
export const MembershipObject = builder.objectRef<MembershipRow>('Membership');
export const TokenObject = builder.objectRef<TokenRow>('Token');
export const InvitationObject = builder.objectRef<InvitationRow>('Invitation');
export const AuditLogEntryObject = builder.objectRef<ActivityRow>('AuditLogEntry');
export const WebhookObject = builder.objectRef<WebhookRow>('Webhook');
export const WebhookDeliveryObject = builder.objectRef<DeliveryRow>('WebhookDelivery');
export const TeacherObject = builder.objectRef<TeacherRow>('Teacher');
export const SolutionObject = builder.objectRef<Solution>('Solution');
export const BlockObject = builder.objectRef<BlockValue>('Block');
export const ArtifactObject = builder.objectRef<ArtifactRow>('Artifact');
export const TrainerObject = builder.objectRef<TrainerRow>('Trainer');
export const CurveObject = builder.objectRef<MeasuredCurve>('Curve');
