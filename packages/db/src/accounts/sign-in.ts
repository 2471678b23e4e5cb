import { type PrismaConfig, prismaAdapter } from 'better-auth/adapters/prisma';
import type { Database } from '../database.ts';

const options = { provider: 'postgresql', transaction: true } as const satisfies PrismaConfig;

/** The tables of accounts and sessions as better-auth reads and writes them. */
export function signInTables({ prisma }: Pick<Database, 'prisma'>) {
  return prismaAdapter(prisma, options);
}
