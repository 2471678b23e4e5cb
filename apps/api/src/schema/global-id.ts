import { DomainError, type ErrorPath } from '@blockwise/contracts';

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
/** A row with an id of its own. */
const row = new RegExp(`^${uuid}$`);
/** A row that is known by its owner's id and a number. */
const numbered = new RegExp(`^${uuid}\\.(0|[1-9]\\d{0,8})$`);
/** A stored file as a search refers to it. */
const hashed = new RegExp(`^${uuid}\\.[0-9a-f]{64}$`);

/** Types that `node(id)` can answer, each with the form of its row ids. */
const forms = {
  Search: row,
  SearchSpace: row,
  Cell: row,
  Job: row,
  Network: row,
  Retraining: row,
  LatencyTable: row,
  Export: row,
  FeatureMaps: row,
  RankingAudit: row,
  Leaderboard: row,
  Entry: row,
  Team: row,
  User: row,
  Token: row,
  Invitation: row,
  AuditLogEntry: row,
  Webhook: row,
  WebhookDelivery: row,
  /** By the id of their search. */
  Dataset: row,
  Teacher: row,
  /** Search and number, from 0. */
  Block: numbered,
  /** Job and attempt. */
  Run: numbered,
  /** Cell and position of the path. */
  Candidate: numbered,
  /** Search and cursor. */
  SearchEvent: numbered,
  Artifact: hashed,
  /** The trainer's own id, which may hold anything, as base64url. */
  Trainer: /^[A-Za-z0-9_-]{1,800}$/,
} as const satisfies Record<string, RegExp>;
export type NodeName = keyof typeof forms;

/** The row id of what is known by its owner and something more. */
export function joinedId(owner: string, more: string | number): string {
  return `${owner}.${more}`;
}

/** What {@link joinedId} joined. */
export function splitId(id: string): [owner: string, more: string] {
  const [owner = '', more = ''] = id.split('.');
  return [owner, more];
}

/** The opaque id of a row: base64url of `Type:row id`. */
export function encodeGlobalId(typename: NodeName, id: string): string {
  return Buffer.from(`${typename}:${id}`, 'utf8').toString('base64url');
}

/** Type and row id of an opaque id; BAD_INPUT when this API cannot have given it. */
export function decodeGlobalId(
  globalId: string,
  path: ErrorPath = ['id'],
): { typename: NodeName; id: string } {
  const text = Buffer.from(globalId, 'base64url').toString('utf8');
  const [name = '', id, ...rest] = text.split(':');
  const isKnown = Object.hasOwn(forms, name);
  if (!isKnown || id === undefined || rest.length > 0 || !forms[name as NodeName].test(id)) {
    throw new DomainError('BAD_INPUT', `"${globalId.slice(0, 100)}" is not an id of this API.`, {
      path,
    });
  }
  return { typename: name as NodeName, id };
}

/** Row id of an opaque id that must be of one type. */
export function rowId(globalId: string, expected: NodeName, path: ErrorPath): string {
  const { typename, id } = decodeGlobalId(globalId, path);
  if (typename !== expected) {
    throw new DomainError(
      'BAD_INPUT',
      `The id of a ${expected} is expected here, not of a ${typename}.`,
      { path },
    );
  }
  return id;
}

/** As {@link rowId}, for an id that may be left out. */
export function optionalRowId(
  globalId: string | null | undefined,
  expected: NodeName,
  path: ErrorPath,
): string | undefined {
  return globalId === null || globalId === undefined ? undefined : rowId(globalId, expected, path);
}

/** Row ids of opaque ids that must be of one type; none for none. */
export function rowIds(
  globalIds: readonly string[] | null | undefined,
  expected: NodeName,
  path: readonly string[],
): string[] | undefined {
  return globalIds?.map((globalId, i) => rowId(globalId, expected, [...path, i]));
}
