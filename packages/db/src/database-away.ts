import { Prisma } from './generated/client.ts';

/** Postgres' own words: connection exceptions, and a server that shuts down, crashed or starts. */
const awayStates = /^(08...|57P0[123])$/;
/** What the driver and Prisma say when a connection is gone or cannot be had. */
const awayCodes = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028']);
const goneConnection =
  /Connection terminated|connection error and is not queryable|Connection ended unexpectedly/;
const systemCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH']);

/**
 * Whether an error says that the database cannot be reached at the moment: it restarts, or the network
 * is cut. Whether what was asked for was done before, nobody knows.
 */
export function isDatabaseAway(error: unknown): boolean {
  if (error instanceof Prisma.PrismaClientKnownRequestError) {
    if (awayCodes.has(error.code)) return true;
    const { driverAdapterError } = (error.meta ?? {}) as {
      driverAdapterError?: { cause?: { kind?: string; originalCode?: string } };
    };
    const { kind, originalCode } = driverAdapterError?.cause ?? {};
    return (
      kind === 'DatabaseNotReachable' ||
      kind === 'ConnectionClosed' ||
      awayStates.test(originalCode ?? '')
    );
  }
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return systemCodes.has(code) || awayStates.test(code) || goneConnection.test(error.message);
}
