import pg from 'pg';
import { Prisma } from './generated/client.ts';

/** How Postgres says that it is shutting down, starting, or has no connection left. */
const absentStates = new Set(['57P01', '57P02', '57P03', '53300', '08000', '08003', '08006']);
/** What the network says. */
const lostSockets = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'ENOTFOUND', 'EAI_AGAIN'],
  ...['EHOSTUNREACH', 'ENETUNREACH'],
]);
/** How the adapter names the same. */
const lostKinds = new Set([
  ...['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout', 'TooManyConnections'],
]);
/** How Prisma does: not reachable, closed, no connection in time, a transaction that lost its own. */
const lostCodes = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028', 'P2037']);
/** What the driver has no code for. */
const lostWords =
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|The database has said nothing/;

/**
 * Whether an error says that the database was not there, or not any more: nothing is wrong with what
 * was asked, and the same may work in a moment.
 */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof pg.DatabaseError) return absentStates.has(error.code ?? '');
  if (error instanceof Prisma.PrismaClientKnownRequestError) {
    const cause = adapterCause(error);
    return (
      lostCodes.has(error.code) ||
      lostKinds.has(cause.kind ?? '') ||
      absentStates.has(cause.originalCode ?? '')
    );
  }
  if (error instanceof Prisma.PrismaClientInitializationError) return true;
  const { code } = error as NodeJS.ErrnoException;
  return lostSockets.has(code ?? '') || lostWords.test(error.message);
}

function adapterCause({ meta }: Prisma.PrismaClientKnownRequestError): {
  kind?: string;
  originalCode?: string;
} {
  const { driverAdapterError } = (meta ?? {}) as { driverAdapterError?: { cause?: object } };
  return driverAdapterError?.cause ?? {};
}
