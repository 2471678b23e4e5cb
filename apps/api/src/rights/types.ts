import type {
  ActivityRow,
  CandidateRow,
  DatasetRow,
  DeliveryRow,
  EntryRow,
  ExportRow,
  Guarded,
  InvitationRow,
  JobRow,
  LeaderboardRow,
  NetworkRow,
  RetrainingRow,
  RunRow,
  SearchRow,
  SearchSpaceRow,
  TeacherRow,
  TeamRow,
  TokenRow,
  TrainerRow,
  WebhookRow,
} from '@blockwise/db';
import { isReadable } from '@blockwise/db';
import type { Context } from '../context.ts';
import type { FlatEvent } from '../events/flat-event.ts';
import type { Shown } from '../schema/refs.ts';

/** Whether the viewer of a context may see a row. */
export type TypeRule<Row> = (row: Row, context: Context) => boolean | Promise<boolean>;

/** A value that belongs to the object which shows it, and is seen by whoever sees that. */
export const part = 'part';

const ofSearch: TypeRule<{ searchId: string }> = ({ searchId }, context) =>
  context.canReadSearch(searchId);

const ofNetwork = async (networkId: string, context: Context): Promise<boolean> => {
  const network = await context.loaders.network.load(networkId);
  return network !== null && (await network_(network, context));
};

/** A row that belongs to a search, but may have a visibility of its own. */
async function inSearch(
  { searchId, visibility }: Pick<NetworkRow, 'searchId' | 'visibility'>,
  context: Context,
): Promise<boolean> {
  if (visibility === null) return context.canReadSearch(searchId);
  const search = await context.loaders.search.load(searchId);
  return search !== null && isReadable(context.viewer.reader, { ...search, visibility });
}

const network_: TypeRule<NetworkRow> = inSearch;
/** A board, by its visibility or its share link. */
const board: TypeRule<Shown<LeaderboardRow>> = (row, context) =>
  row.byLink === true || guarded(row, context);
/** Before the teacher is there, it has no visibility of its own. */
const ofTeacher = async (searchId: string, context: Context): Promise<boolean> =>
  inSearch(
    (await context.loaders.teacher.load(searchId)) ?? { searchId, visibility: null },
    context,
  );
const ofJob: TypeRule<Pick<JobRow, 'kind' | 'networkId' | 'searchId'>> = async (
  { kind, networkId, searchId },
  context,
) => {
  if (networkId !== null) return ofNetwork(networkId, context);
  return kind === 'teacher' ? ofTeacher(searchId, context) : context.canReadSearch(searchId);
};
const guarded: TypeRule<Guarded> = (row, { viewer }) => isReadable(viewer.reader, row);

const maintained: TypeRule<{ teamId: string }> = ({ teamId }, { viewer }) =>
  viewer.hasScope('ADMIN') && viewer.isAtLeast(teamId, 'MAINTAINER');

/**
 * Fields whose objects are all of one that the operation has asked for already, and may be thousands a
 * second.
 */
export const checkedFields: ReadonlySet<string> = new Set(['SearchEventPage.events']);

/**
 * The table of who sees what: for every object type of the schema, whether it is a part of what shows
 * it or is seen by its own rule. A type without a row does not exist: the schema refuses to be built.
 * Whatever field answers an object that has a rule, the rule is asked: a single one becomes null, one
 * in a list is left out.
 */
export const typeRules = {
  Search: guarded as TypeRule<SearchRow>,
  SearchSpace: guarded as TypeRule<SearchSpaceRow>,
  Cell: ofSearch,
  Job: ofJob,
  Network: network_,
  Retraining: (({ networkId }, context) =>
    ofNetwork(networkId, context)) as TypeRule<RetrainingRow>,
  LatencyTable: ofSearch,
  RankingAudit: ofSearch,
  FeatureMaps: ofSearch,
  Export: (async ({ networkId, searchId }, context) => {
    if (networkId !== null) return ofNetwork(networkId, context);
    const teacher = await context.loaders.teacher.load(searchId);
    return teacher !== null && (await inSearch(teacher, context));
  }) as TypeRule<ExportRow>,
  Teacher: inSearch as TypeRule<TeacherRow>,
  Leaderboard: board,
  // What an entry shows is seen by whoever sees its board; its network and search have rules of their own.
  Entry: (async ({ leaderboardId, byLink }, context) =>
    byLink === true ||
    board(await context.loaders.requireLeaderboard(leaderboardId), context)) as TypeRule<
    Shown<EntryRow>
  >,
  Dataset: inSearch as TypeRule<DatasetRow>,
  Block: ofSearch,
  Artifact: ofSearch,
  // Pages of events are looked through as a whole: visible-events.ts.
  SearchEvent: (async ({ searchId, kind, jobId, networkId }, context) => {
    if (networkId !== null) return ofNetwork(networkId, context);
    if (kind === 'NETWORK_EXPORTED') return ofTeacher(searchId, context);
    const job = jobId === null ? null : await context.loaders.job.load(jobId);
    return job === null ? context.canReadSearch(searchId) : ofJob(job, context);
  }) as TypeRule<FlatEvent>,
  Candidate: (async ({ cellId }, context) =>
    ofSearch(await context.loaders.requireCell(cellId), context)) as TypeRule<CandidateRow>,
  Run: (async ({ jobId }, context) => {
    const job = await context.loaders.job.load(jobId);
    return job !== null && ofJob(job, context);
  }) as TypeRule<RunRow>,
  // Names of teams and people stand beside what they made; what is inside has rights of its own.
  Team: (() => true) as TypeRule<TeamRow>,
  // Fields of a person that not everybody may see say so themselves.
  User: part,
  Membership: part,
  Invitation: (({ teamId }, { viewer }) =>
    viewer.isAtLeast(teamId, 'MAINTAINER')) as TypeRule<InvitationRow>,
  Token: (({ userId, teamId }, { viewer }) =>
    viewer.principal !== null &&
    (viewer.principal.userId === userId ||
      (teamId !== null && viewer.isAtLeast(teamId, 'MAINTAINER')))) as TypeRule<TokenRow>,
  AuditLogEntry: (({ teamId }, { viewer }) =>
    viewer.principal?.isOperator === true ||
    (teamId !== null && viewer.isAtLeast(teamId, 'MAINTAINER'))) as TypeRule<ActivityRow>,

  // Trainers work for everybody; their jobs have rules of their own.
  Trainer: ((_trainer, { viewer }) => viewer.principal !== null) as TypeRule<TrainerRow>,

  // Addresses and what is sent to them; a token needs the scope that their operations need.
  Webhook: maintained as TypeRule<WebhookRow>,
  WebhookDelivery: (async ({ webhookId }, context) => {
    const webhook = await context.loaders.webhook.load(webhookId);
    return webhook !== null && (await maintained(webhook, context));
  }) as TypeRule<DeliveryRow>,

  // Parts of the objects above.
  Choice: part,
  ClassResult: part,
  ConfusedPair: part,
  Curve: part,
  PackedCurve: part,
  CandidateColumns: part,
  PackedMaps: part,
  CurvePoints: part,
  CurvePointsPage: part,
  CurveReset: part,
  Cut: part,
  EventPoints: part,
  ExportFile: part,
  Failure: part,
  EntryCost: part,
  EntryImport: part,
  EntryTraining: part,
  FeatureUse: part,
  LayerLatency: part,
  Lead: part,
  LeaderboardBudget: part,
  LeaderboardDataset: part,
  LeaderboardEvent: part,
  LeaderboardEventPage: part,
  TrainerChanges: part,
  TrainerCounts: part,
  TeamUse: part,
  Queue: part,
  QueuePhase: part,
  ChangedSearches: part,
  ShareLink: part,
  NetworkCut: part,
  PageInfo: part,
  Progress: part,
  RecipeDifference: part,
  RejectedFile: part,
  SampleSheet: part,
  RunnerUp: part,
  SearchEventPage: part,
  Viewer: part,
  CreatedToken: part,
  CreatedInvitation: part,
  WebhookWithSecret: part,
  SignInLink: part,

  // What a trainer is told of the job that it has taken.
  TakenJob: part,
  TakenSearch: part,
  TakenDataset: part,
  TakenTeacher: part,
  TakenCell: part,
  TakenPath: part,
  TakenRatings: part,
  TakenNetwork: part,
  TakenRetraining: part,
  TakenExport: part,
  TakenOrigin: part,
  TakenWeights: part,
  TakenFeatureMaps: part,
  TakenTraining: part,
  Checkpoint: part,
  HeldJob: part,
  TrainerPresence: part,

  // Answers of operations that asked for the objects they read.
  ComparedSearch: part,
  CrossValidation: part,
  EntryComparison: part,
  Estimate: part,
  FieldPair: part,
  FigurePair: part,
  LayerPair: part,
  LambdaFit: part,
  OpFrequency: part,
  ParetoFront: part,
  PredictorReport: part,
  RandomSearch: part,
  RankReport: part,
  RankSlice: part,
  SearchComparison: part,
  SearchPair: part,
  SliceKendall: part,
  Solution: part,
  TableExport: part,

  // What would become of an input.
  PhasePlan: part,
  PlannedBlock: part,
  SearchCheck: part,
  SearchProblem: part,
  SecondsForecast: part,

  // Calculated from what a request brings along, or published with the software.
  CostRange: part,
  CostRanges: part,
  LayerCost: part,
  NetworkDescription: part,
  Recipe: part,
  ServerInfo: part,
  Space: part,
  SpaceBlock: part,
  SpaceCell: part,
  SpacePreset: part,
} as const satisfies Record<string, typeof part | TypeRule<never>>;
