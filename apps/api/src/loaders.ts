import type { Confusion } from '@blockwise/contracts';
import {
  type ActivityRow,
  type ArtifactRow,
  type AuditRow,
  activitiesOfTeams,
  auditsOfMany,
  auditsOfSearches,
  bestCandidatesOfMany,
  bestTop1OfSearches,
  type CandidateRow,
  type CellRow,
  type ConfusionRow,
  type CutShape,
  cellsOfMany,
  confusionsOfRetrainings,
  confusionsOfTeachers,
  countsOfBoards,
  curveKeysOfMany,
  type Database,
  type DatasetRow,
  type DeliveryRow,
  datasetsOfMany,
  deliveriesOfWebhooks,
  type EntryRow,
  type EventRow,
  type ExportRow,
  entriesOfBoards,
  exportsOfMany,
  type FeatureMapsRow,
  featureMapsOfCells,
  type InvitationRow,
  type JobRow,
  jobsOfMany,
  jobsOfSearches,
  jobsOfTrainers,
  type LatencyTableRow,
  type LeaderboardRow,
  latencyTablesOfSearches,
  leadersOfBoards,
  leadsOfBoards,
  type MembershipRow,
  membershipsOfUsers,
  membersOfTeams,
  type NetworkOrigin,
  type NetworkRow,
  networksOfAudits,
  networksOfMany,
  networksOfSearches,
  type OwnedList,
  openInvitationsOfTeams,
  progressOfSearches,
  type Reader,
  type RetrainingRow,
  type RunRow,
  ranksOfEntries,
  readActivities,
  readArtifacts,
  readAudit,
  readCandidates,
  readCell,
  readDelivery,
  readEntries,
  readEventsAt,
  readExport,
  readFeatureMaps,
  readInvitations,
  readJob,
  readLatencyTable,
  readLeaderboard,
  readNetwork,
  readRetraining,
  readSearch,
  readSearchSpaces,
  readTeams,
  readTokens,
  readTrainers,
  readUsers,
  readWebhook,
  retrainingsOfMany,
  runsOfMany,
  type SearchRow,
  type SearchSpaceRow,
  secondsOfSearches,
  type TeacherRow,
  type TeamRow,
  type TokenRow,
  type TrainerRow,
  teacherOf,
  tokensOfTeams,
  tokensOfUsers,
  type UserRow,
  versionsOfTrainers,
  type WebhookRow,
  webhooksOfTeams,
} from '@blockwise/db';
import DataLoader from 'dataloader';
import { type FlatEvent, flatEvent } from './events/flat-event.ts';
import { ownedLoader, pageLoader } from './page-loader.ts';
import { joinedId, splitId } from './schema/global-id.ts';

/** Reads by id. Equal ids of one request are read once, and those of one moment together. */
export type Loaders = ReturnType<typeof createLoaders>;

/** Fresh loaders for one request. */
export function createLoaders(database: Database) {
  const made: { clearAll(): unknown }[] = [];
  /** Keys that are asked for until the event loop turns are read together. */
  const schedule = (run: () => void) => setImmediate(run);
  const loader = <Value>(read: (ids: readonly string[]) => Promise<Value[]>) => {
    const one = new DataLoader<string, Value>(read, { batchScheduleFn: schedule });
    made.push(one);
    return one;
  };

  /** The database client joins reads by id of the same moment into one query. */
  const one = <Row>(read: (db: Database, id: string) => Promise<Row | null>) =>
    loader<Row | null>((ids) => Promise.all(ids.map((id) => read(database, id))));

  const oneOfMany = <Row, Value>(
    read: (db: Database, ids: readonly string[]) => Promise<Row[]>,
    ownIdOf: (row: Row) => string,
    pick: (row: Row) => Value,
  ) =>
    loader<Value | null>(async (ids) => {
      const values = new Map(
        (await read(database, ids)).map((row) => [ownIdOf(row), pick(row)] as const),
      );
      return ids.map((id) => values.get(id) ?? null);
    });

  const listOf = <Row, Value>(
    read: (db: Database, ids: readonly string[]) => Promise<Row[]>,
    ownerOf: (row: Row) => string,
    pick: (row: Row) => Value,
  ) =>
    loader<Value[]>(async (ids) => {
      const values = new Map<string, Value[]>(ids.map((id) => [id, []]));
      for (const row of await read(database, ids)) {
        values.get(ownerOf(row))?.push(pick(row));
      }
      return ids.map((id) => values.get(id) ?? []);
    });

  const pagesOf = <Row, Filter, Field extends string>(
    list: OwnedList<Row, Filter, Field>,
    onRow: (row: Row) => void = () => {},
  ) => {
    const pages = pageLoader(database, list, schedule, onRow);
    made.push(pages);
    return pages;
  };

  const figureOf = (
    read: (db: Database, ids: readonly string[]) => Promise<ReadonlyMap<string, number>>,
  ) =>
    loader<number>(async (ids) => {
      const figures = await read(database, ids);
      return ids.map((id) => figures.get(id) ?? 0);
    });

  const same = <Row>(row: Row): Row => row;
  /** Whose rows come with a list need not be read once more by their ids. */
  const knownTo =
    <Row extends { readonly id: string }>(byId: DataLoader<string, Row | null>) =>
    (row: Row): Row => {
      byId.prime(row.id, row);
      return row;
    };
  const search = one<SearchRow>(readSearch);
  const cell = one<CellRow>(readCell);
  const network = one<NetworkRow>(readNetwork);
  const audit = one<AuditRow>(readAudit);
  const teacher = one<TeacherRow>(teacherOf);
  const featureMaps = oneOfMany<FeatureMapsRow, FeatureMapsRow>(
    readFeatureMaps,
    ({ id }) => id,
    same,
  );
  const latencyTable = one<LatencyTableRow>(readLatencyTable);
  const leaderboard = one<LeaderboardRow>(readLeaderboard);
  const webhook = one<WebhookRow>(readWebhook);
  const dataset = oneOfMany<DatasetRow, DatasetRow>(
    datasetsOfMany,
    ({ searchId }) => searchId,
    same,
  );
  const team = oneOfMany<TeamRow, TeamRow>(readTeams, ({ id }) => id, same);
  const user = oneOfMany<UserRow, UserRow>(readUsers, ({ id }) => id, same);
  const networksOf = (origin: NetworkOrigin) =>
    listOf<NetworkRow, NetworkRow>(
      (db, ids) => networksOfMany(db, ids, origin),
      ({ searchId }) => searchId,
      knownTo(network),
    );
  const exportsOfSearch = listOf<ExportRow, ExportRow>(
    exportsOfMany,
    ({ searchId }) => searchId,
    same,
  );
  const job = one<JobRow>(readJob);
  const allJobsOfSearch = listOf<JobRow, JobRow>(
    jobsOfMany,
    ({ searchId }) => searchId,
    knownTo(job),
  );
  const bestTop1 = ownedLoader(schedule, async (ids, reader: Reader) => {
    const best = await bestTop1OfSearches(database, ids, reader);
    return new Map(ids.map((id) => [id, best.get(id) ?? null]));
  });
  made.push(bestTop1);
  const runsOfJob = listOf<RunRow, RunRow>(runsOfMany, ({ jobId }) => jobId, same);

  return {
    search,
    /** Of its networks that a reader may see. */
    bestTop1OfSearch: (id: string, reader: Reader) => bestTop1.load({ ownerId: id, asked: reader }),
    secondsOfSearch: figureOf(secondsOfSearches),
    progressOfSearch: figureOf(progressOfSearches),
    searchSpace: oneOfMany<SearchSpaceRow, SearchSpaceRow>(readSearchSpaces, ({ id }) => id, same),
    cell,
    network,
    /** By {@link joinedId} of cell and position. */
    candidate: oneOfMany<CandidateRow, CandidateRow>(
      (db, ids) =>
        readCandidates(
          db,
          ids.map(splitId).map(([cellId, index]) => ({ cellId, index: Number(index) })),
        ),
      ({ cellId, index }) => joinedId(cellId, index),
      same,
    ),
    /** By {@link joinedId} of search and cursor. */
    event: oneOfMany<EventRow, FlatEvent>(
      (db, ids) =>
        readEventsAt(
          db,
          ids.map(splitId).map(([searchId, cursor]) => ({ searchId, cursor: Number(cursor) })),
        ),
      ({ searchId, cursor }) => joinedId(searchId, cursor),
      flatEvent,
    ),
    /** By {@link joinedId} of search and hash. */
    artifact: oneOfMany<ArtifactRow, ArtifactRow>(
      (db, ids) =>
        readArtifacts(
          db,
          ids.map(splitId).map(([searchId, sha256]) => ({ searchId, sha256 })),
        ),
      ({ searchId, sha256 }) => joinedId(searchId, sha256),
      same,
    ),
    team,
    user,
    activity: oneOfMany<ActivityRow, ActivityRow>(readActivities, ({ id }) => id, same),
    token: oneOfMany<TokenRow, TokenRow>(readTokens, ({ id }) => id, same),
    trainer: oneOfMany<TrainerRow, TrainerRow>(readTrainers, ({ id }) => id, same),
    /** Ids of what a trainer has under way. */
    jobIdsOfTrainer: listOf(
      jobsOfTrainers,
      ({ trainerId }) => trainerId,
      ({ jobId }) => jobId,
    ),
    versionsOfTrainer: oneOfMany(
      versionsOfTrainers,
      ({ trainerId }) => trainerId,
      ({ versions }) => versions,
    ),
    webhook,
    webhookDelivery: one<DeliveryRow>(readDelivery),
    invitation: oneOfMany<InvitationRow, InvitationRow>(readInvitations, ({ id }) => id, same),
    membersOfTeam: listOf<MembershipRow, MembershipRow>(
      membersOfTeams,
      ({ teamId }) => teamId,
      same,
    ),
    membershipsOfUser: listOf<MembershipRow, MembershipRow>(
      membershipsOfUsers,
      ({ userId }) => userId,
      same,
    ),
    invitationsOfTeam: listOf<InvitationRow, InvitationRow>(
      openInvitationsOfTeams,
      ({ teamId }) => teamId,
      same,
    ),
    job,
    dataset,
    teacher,
    entry: oneOfMany<EntryRow, EntryRow>(readEntries, ({ id }) => id, same),
    leaderboard,
    leaderOfBoard: oneOfMany<EntryRow, EntryRow>(
      leadersOfBoards,
      ({ leaderboardId }) => leaderboardId,
      same,
    ),
    countOfBoard: oneOfMany(
      countsOfBoards,
      ({ leaderboardId }) => leaderboardId,
      ({ count }) => count,
    ),
    rankOfEntry: oneOfMany(
      ranksOfEntries,
      ({ id }) => id,
      ({ rank }) => rank,
    ),
    cellsOfSearch: listOf<CellRow, CellRow>(cellsOfMany, ({ searchId }) => searchId, knownTo(cell)),
    jobsOfSearch: pagesOf(jobsOfSearches, knownTo(job)),
    allJobsOfSearch,
    audit,
    latencyTable,
    retraining: one<RetrainingRow>(readRetraining),
    confusionOfRetraining: oneOfMany<ConfusionRow, Confusion>(
      confusionsOfRetrainings,
      ({ testedId }) => testedId,
      ({ confusion }) => confusion,
    ),
    /** By the id of its search. */
    confusionOfTeacher: oneOfMany<ConfusionRow, Confusion>(
      confusionsOfTeachers,
      ({ testedId }) => testedId,
      ({ confusion }) => confusion,
    ),
    export: one<ExportRow>(readExport),
    featureMaps,
    featureMapsOfCell: listOf<FeatureMapsRow, FeatureMapsRow>(
      featureMapsOfCells,
      ({ cellId }) => cellId,
      knownTo(featureMaps),
    ),
    networksOfSearch: pagesOf(networksOfSearches, knownTo(network)),
    /** All of one origin: they are bounded by what was asked for. */
    allNetworksOfSearch: {
      SOLVED: networksOf('SOLVED'),
      AUDIT: networksOf('AUDIT'),
      REQUESTED: networksOf('REQUESTED'),
    } satisfies Record<NetworkOrigin, unknown>,
    networksOfAudit: listOf<NetworkRow, NetworkRow>(
      networksOfAudits,
      ({ auditId }) => auditId ?? '',
      knownTo(network),
    ),
    retrainingsOfNetwork: listOf<RetrainingRow, RetrainingRow>(
      retrainingsOfMany,
      ({ networkId }) => networkId,
      same,
    ),
    allAuditsOfSearch: listOf<AuditRow, AuditRow>(auditsOfMany, ({ searchId }) => searchId, same),
    auditsOfSearch: pagesOf(auditsOfSearches, knownTo(audit)),
    latencyTablesOfSearch: pagesOf(latencyTablesOfSearches, knownTo(latencyTable)),
    runsOfJob,
    curveKeysOfJob: listOf(
      curveKeysOfMany,
      ({ jobId }) => jobId,
      ({ key }) => key,
    ),
    bestOfCell: oneOfMany<CandidateRow, CandidateRow>(
      bestCandidatesOfMany,
      ({ cellId }) => cellId,
      same,
    ),

    activitiesOfTeam: pagesOf(activitiesOfTeams),
    deliveriesOfWebhook: pagesOf(deliveriesOfWebhooks),
    entriesOfBoard: pagesOf(entriesOfBoards),
    leadsOfBoard: pagesOf(leadsOfBoards),
    tokensOfTeam: pagesOf(tokensOfTeams),
    tokensOfUser: pagesOf(tokensOfUsers),
    webhooksOfTeam: pagesOf(webhooksOfTeams, knownTo(webhook)),

    /** Forgets what was read: something has changed. */
    forget(): void {
      for (const each of made) each.clearAll();
    },

    requireSearch: (id: string) => required(search, id, 'search'),
    requireDataset: (searchId: string) => required(dataset, searchId, 'data set of the search'),
    requireCell: (id: string) => required(cell, id, 'cell'),
    requireNetwork: (id: string) => required(network, id, 'network'),
    requireUser: (id: string) => required(user, id, 'user'),
    requireLeaderboard: (id: string) => required(leaderboard, id, 'leaderboard'),
    requireTeam: (id: string) => required(team, id, 'team'),

    /** By {@link joinedId} of job and attempt. */
    async run(id: string): Promise<RunRow | null> {
      const [jobId, attempt] = splitId(id);
      const runs = await runsOfJob.load(jobId);
      return runs.find((run) => run.attempt === Number(attempt)) ?? null;
    },

    /** The jobs of a cell that exist so far. */
    async jobsOfCell({ id, searchId }: CellRow): Promise<{ distil?: JobRow; rate?: JobRow }> {
      const jobs = (await allJobsOfSearch.load(searchId)).filter(({ cellId }) => cellId === id);
      const distil = jobs.find(({ kind }) => kind === 'distil');
      const rate = jobs.find(({ kind }) => kind === 'rate');
      return { ...(distil && { distil }), ...(rate && { rate }) };
    },

    /** The trainings, the cut and the exports of a network, as far as they have jobs. */
    async jobsOfNetwork({ id, searchId }: NetworkRow): Promise<JobRow[]> {
      return (await allJobsOfSearch.load(searchId)).filter(({ networkId }) => networkId === id);
    },

    async exportsOfNetwork({ id, searchId }: NetworkRow): Promise<ExportRow[]> {
      return (await exportsOfSearch.load(searchId)).filter(({ networkId }) => networkId === id);
    },

    async exportsOfTeacher({ searchId }: TeacherRow): Promise<ExportRow[]> {
      return (await exportsOfSearch.load(searchId)).filter(({ source }) => source === 'TEACHER');
    },

    async jobOfExport({ id, searchId }: ExportRow): Promise<JobRow | undefined> {
      return (await allJobsOfSearch.load(searchId)).findLast(({ exportId }) => exportId === id);
    },

    async jobOfFeatureMaps({ id, searchId }: FeatureMapsRow): Promise<JobRow | undefined> {
      return (await allJobsOfSearch.load(searchId)).findLast(
        ({ featureMapsId }) => featureMapsId === id,
      );
    },

    /** The teacher's cut point whose shape the maps have. */
    async cutOfMaps({ searchId, cellId }: FeatureMapsRow): Promise<CutShape> {
      const { block } = await required(cell, cellId, 'cell');
      const { cuts } = await required(teacher, searchId, 'teacher of the search');
      const cut = cuts[block + 1];
      if (cut === undefined) throw new Error(`the teacher has no block ${block + 1}`);
      return cut;
    },

    async jobOfLatencyTable({ id, searchId }: LatencyTableRow): Promise<JobRow | undefined> {
      return (await allJobsOfSearch.load(searchId)).find(
        ({ latencyTableId }) => latencyTableId === id,
      );
    },
  };
}

/** What a foreign key points at, which therefore exists. */
async function required<Row>(
  loader: DataLoader<string, Row | null>,
  id: string,
  what: string,
): Promise<Row> {
  const row = await loader.load(id);
  if (row === null) {
    throw new Error(`a row refers to the ${what} ${id}, which does not exist`);
  }
  return row;
}
