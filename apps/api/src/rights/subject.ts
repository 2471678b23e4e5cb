import { DomainError, type ErrorPath, type TeamRole } from '@blockwise/contracts';
import type {
  AuditRow,
  CellRow,
  DatasetRow,
  DeliveryRow,
  EntryRow,
  InvitationRow,
  JobRow,
  LatencyTableRow,
  LeaderboardRow,
  NetworkRow,
  RetrainingRow,
  RunRow,
  SearchRow,
  SearchSpaceRow,
  TeacherRow,
  TeamRow,
  TrainerRow,
  WebhookRow,
} from '@blockwise/db';
import type { Context } from '../context.ts';
import { type NodeName, rowId } from '../schema/global-id.ts';
import { trainerByEncodedId } from '../schema/trainer-id.ts';
import { forbidden, unauthenticated } from './refusals.ts';
import { roleOf } from './right.ts';
import { type TypeRule, typeRules } from './types.ts';

interface InTeam {
  readonly teamId: string;
}

/** How a kind of object is read by its row's id, and which team owns it. */
interface Subject<Row> {
  load(id: string, context: Context): Promise<Row | null>;
  teamOf(row: Row, context: Context): string | Promise<string>;
}

function subjectOf<Row>(load: Subject<Row>['load'], teamOf: Subject<Row>['teamOf']): Subject<Row> {
  return { load, teamOf };
}

const own = (row: InTeam): string => row.teamId;
const ofSearch = async ({ searchId }: { searchId: string }, { loaders }: Context) =>
  (await loaders.requireSearch(searchId)).teamId;

/** What operations may be about. A kind of object that a mutation takes by its id needs a line here. */
const subjects = {
  Search: subjectOf<SearchRow>((id, { loaders }) => loaders.search.load(id), own),
  SearchSpace: subjectOf<SearchSpaceRow>((id, { loaders }) => loaders.searchSpace.load(id), own),
  Dataset: subjectOf<DatasetRow>((id, { loaders }) => loaders.dataset.load(id), ofSearch),
  Teacher: subjectOf<TeacherRow>((id, { loaders }) => loaders.teacher.load(id), ofSearch),
  Cell: subjectOf<CellRow>((id, { loaders }) => loaders.cell.load(id), ofSearch),
  Job: subjectOf<JobRow>((id, { loaders }) => loaders.job.load(id), ofSearch),
  Run: subjectOf<RunRow>(
    (id, { loaders }) => loaders.run(id),
    async ({ jobId }, context) => {
      const job = await context.loaders.job.load(jobId);
      return job === null ? '' : ofSearch(job, context);
    },
  ),
  Network: subjectOf<NetworkRow>((id, { loaders }) => loaders.network.load(id), ofSearch),
  Retraining: subjectOf<RetrainingRow>(
    (id, { loaders }) => loaders.retraining.load(id),
    async ({ networkId }, context) =>
      ofSearch(await context.loaders.requireNetwork(networkId), context),
  ),
  LatencyTable: subjectOf<LatencyTableRow>(
    (id, { loaders }) => loaders.latencyTable.load(id),
    ofSearch,
  ),
  RankingAudit: subjectOf<AuditRow>((id, { loaders }) => loaders.audit.load(id), ofSearch),
  Leaderboard: subjectOf<LeaderboardRow>((id, { loaders }) => loaders.leaderboard.load(id), own),
  /** Whose network it is may take it back. */
  Entry: subjectOf<EntryRow>((id, { loaders }) => loaders.entry.load(id), own),
  Team: subjectOf<TeamRow>(
    (id, { loaders }) => loaders.team.load(id),
    (team) => team.id,
  ),
  Webhook: subjectOf<WebhookRow>((id, { loaders }) => loaders.webhook.load(id), own),
  WebhookDelivery: subjectOf<DeliveryRow>(
    (id, { loaders }) => loaders.webhookDelivery.load(id),
    async ({ webhookId }, { loaders }) => (await loaders.webhook.load(webhookId))?.teamId ?? '',
  ),
  /** Of no team: it works for all. */
  Trainer: subjectOf<TrainerRow>(
    (id, { loaders }) => trainerByEncodedId(id, loaders),
    () => '',
  ),
  Invitation: subjectOf<InvitationRow>((id, { loaders }) => loaders.invitation.load(id), own),
};

export type SubjectName = keyof typeof subjects & NodeName;
type RowOf<Name extends SubjectName> =
  (typeof subjects)[Name] extends Subject<infer Row> ? Row : never;

/**
 * The row of the object that an argument names, for an operation that is about it.
 *
 * @throws DomainError NOT_FOUND when there is none that the viewer may see; FORBIDDEN when its role
 * in the owning team is below what the operation asks for; BAD_INPUT for an id of another kind
 */
export async function subject<Name extends SubjectName>(
  context: Context,
  name: Name,
  globalId: string,
  path: ErrorPath,
): Promise<RowOf<Name>> {
  const row = await visible(context, name, globalId, path);
  context.note({ about: globalId });
  const { right } = context;
  const role = right === undefined ? null : roleOf(right);
  if (role !== null) {
    const of = subjects[name] as Subject<RowOf<Name>>;
    requireRole(context, await of.teamOf(row, context), role);
  }
  return row;
}

/**
 * The row of an object that an operation needs besides the one that it is about.
 *
 * @throws DomainError NOT_FOUND when there is none that the viewer may see; BAD_INPUT
 */
export async function visible<Name extends SubjectName>(
  context: Context,
  name: Name,
  globalId: string,
  path: ErrorPath,
): Promise<RowOf<Name>> {
  const id = rowId(globalId, name, path);
  const { load } = subjects[name] as Subject<RowOf<Name>>;
  const row = await load(id, context);
  const rule = typeRules[name] as TypeRule<RowOf<Name>>;
  if (row === null || !(await rule(row, context))) {
    throw new DomainError('NOT_FOUND', `There is no such ${wordOf(name)}.`, { path });
  }
  return row;
}

/** `LatencyTable` in words. */
function wordOf(name: string): string {
  return name.replace(/\B[A-Z]/g, ' $&').toLowerCase();
}

/** Refuses a viewer whose role in a team is lower. */
function requireRole(context: Context, teamId: string, role: TeamRole): void {
  context.note({ team: teamId });
  if (!context.viewer.isAtLeast(teamId, role)) {
    throw context.viewer.principal === null
      ? unauthenticated(context.viewer)
      : forbidden(`This takes the role ${role} in the team that owns it.`);
  }
}

/**
 * The team for which something is made: the one that an argument names, else the only one in which
 * the viewer has the role that the operation asks for.
 *
 * @throws DomainError NOT_FOUND, FORBIDDEN; BAD_INPUT when it could be several
 */
export async function teamFor(
  context: Context,
  globalId: string | null | undefined,
  path: ErrorPath,
): Promise<string> {
  if (globalId !== null && globalId !== undefined) {
    return (await subject(context, 'Team', globalId, path)).id;
  }
  const { right, viewer } = context;
  const role = (right && roleOf(right)) ?? 'MEMBER';
  const teams = [...(viewer.principal?.roles.keys() ?? [])].filter((id) =>
    viewer.isAtLeast(id, role),
  );
  const [only, ...more] = teams;
  if (only === undefined) {
    throw viewer.principal === null
      ? unauthenticated(viewer)
      : forbidden(`This takes the role ${role} in a team.`);
  }
  if (more.length > 0) {
    throw new DomainError('BAD_INPUT', 'You are in several teams: name the one it is for.', {
      path,
    });
  }
  context.note({ team: only });
  return only;
}
