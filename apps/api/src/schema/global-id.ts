import { DomainError, type ErrorPath } from '@blockwise/contracts';

/** Types that `node(id)` can answer. */
const nodeNames = [
  'Search',
  'Cell',
  'Job',
  'Network',
  'Retraining',
  'LatencyTable',
  'Export',
  'Audit',
  'Leaderboard',
  'Entry',
  'Team',
  'User',
  'Token',
  'Invitation',
  'AuditLogEntry',
  'Webhook',
  'WebhookDelivery',
] as const;
export type NodeName = (typeof nodeNames)[number];

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The opaque id of a row: base64url of `Type:uuid`. */
export function encodeGlobalId(typename: NodeName, id: string): string {
  return Buffer.from(`${typename}:${id}`, 'utf8').toString('base64url');
}

/** Type and row id of an opaque id; BAD_INPUT when this API cannot have given it. */
export function decodeGlobalId(
  globalId: string,
  path: ErrorPath = ['id'],
): { typename: NodeName; id: string } {
  const text = Buffer.from(globalId, 'base64url').toString('utf8');
  const [name, id, ...rest] = text.split(':');
  const typename = nodeNames.find((known) => known === name);
  if (typename === undefined || id === undefined || rest.length > 0 || !uuid.test(id)) {
    throw new DomainError('BAD_INPUT', `"${globalId.slice(0, 100)}" is not an id of this API.`, {
      path,
    });
  }
  return { typename, id };
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
