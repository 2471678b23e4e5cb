import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from './generated/client.ts';
import { silenceSeconds, silentSocket } from './silent-socket.ts';

export interface DatabaseOptions {
  /** `postgresql://user:password@host:port/database` */
  readonly url: string;
  /** Shown in Postgres' list of connections. */
  readonly applicationName: string;
  /** Connections at most. */
  readonly poolSize?: number;
  /** Postgres ends a statement that takes longer ({@link isTooSlow}); without it none is ended. */
  readonly statementTimeoutSeconds?: number;
  /** Gets the text of every statement, without its parameters. */
  readonly onStatement?: (sql: string) => void;
}

/** The one client of a process. Services take it; nothing outside this package looks inside. */
export interface Database {
  readonly prisma: PrismaClient;
  /** The connections that `prisma` works on. */
  readonly pool: pg.Pool;
  close(): Promise<void>;
}

/**
 * A process that is paused inside a transaction keeps its locks, and with a search's row nobody else
 * could go on with the search. Postgres ends such a transaction after this time.
 */
const pausedTransactionSeconds = 15;
/** A connection that is not there by then is not waited for. */
const connectSeconds = 30;

/** Opens a pool and proves that the server answers. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: options.url,
    application_name: options.applicationName,
    max: options.poolSize ?? 10,
    connectionTimeoutMillis: connectSeconds * 1000,
    stream: silentSocket(Math.max(silenceSeconds, (options.statementTimeoutSeconds ?? 0) * 2)),
    idle_in_transaction_session_timeout: pausedTransactionSeconds * 1000,
    ...(options.statementTimeoutSeconds === undefined
      ? {}
      : { statement_timeout: options.statementTimeoutSeconds * 1000 }),
  });
  const prisma = new PrismaClient({
    adapter: new PrismaPg(pool, { disposeExternalPool: true }),
    log: options.onStatement === undefined ? [] : [{ emit: 'event', level: 'query' }],
    // A pool that is busy or a server that restarts is waited for; a transaction itself is short,
    // but the rating of a large cell inserts tens of thousands of rows.
    transactionOptions: { maxWait: 15_000, timeout: 60_000 },
  });
  if (options.onStatement !== undefined) {
    const { onStatement } = options;
    prisma.$on('query', ({ query }) => onStatement(query));
  }
  try {
    await prisma.$queryRaw`SELECT 1`;
  } catch (error) {
    await prisma.$disconnect();
    throw error;
  }
  return { prisma, pool, close: () => prisma.$disconnect() };
}

/**
 * Resolves when the database answers and was migrated: one that never was answers as well, until it
 * is asked for something.
 */
export async function proveReady({ prisma }: Pick<Database, 'prisma'>): Promise<void> {
  await prisma.search.findFirst({ select: { id: true } });
}
