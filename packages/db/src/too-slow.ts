import pg from 'pg';
import { Prisma } from './generated/client.ts';

/** How Postgres names a statement that was ended. */
const queryCanceled = '57014';

/** Whether an error says that Postgres ended a statement because it took too long. */
export function isTooSlow(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return error.code === queryCanceled;
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return false;
  const { driverAdapterError } = (error.meta ?? {}) as {
    driverAdapterError?: { cause?: { originalCode?: string } };
  };
  return driverAdapterError?.cause?.originalCode === queryCanceled;
}
