import pg from 'pg';
import type { Database } from './database.ts';
import type { Prisma } from './generated/client.ts';

/** What stands before the first row of a binary copy, when it has no extension. */
const headBytes = 19;

/** The columns of a row by name. */
export type CopiedRow<Name extends string> = Readonly<Record<Name, Buffer>>;

/**
 * Gives the rows of a SELECT to `onRow` in Postgres' binary form, without the texts that Prisma makes of
 * bytes in between: for much of them. Parameters are finite numbers, texts without NUL (Postgres' texts
 * have none), and lists of these with a cast behind.
 *
 * @param names of the columns, in their order; none may be null
 * @param onRow must not keep the bytes: they are overwritten after the call
 * @throws Error when the statement fails ({@link isTooSlow} tells why), and what `onRow` throws
 */
export async function copyRows<Name extends string>(
  { pool }: Pick<Database, 'pool'>,
  select: Prisma.Sql,
  names: readonly Name[],
  onRow: (row: CopiedRow<Name>) => void,
): Promise<void> {
  const client = await pool.connect();
  let failure: Error | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      const text = `COPY (${withLiterals(select)}) TO STDOUT (FORMAT binary)`;
      const onEnd = (error?: Error) => (error === undefined ? resolve() : reject(error));
      client.query(new CopyQuery(text, (row) => onRow(readRow(row, names)), onEnd));
    });
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    // With an error, the connection is closed: a row that was not read may be on its way.
    client.release(failure);
  }
}

/** Postgres sends each row as a message of its own, the first behind the head of the copy. */
class CopyQuery extends pg.Query {
  readonly #onRow: (row: Buffer) => void;
  #begin = headBytes;
  #failure: Error | undefined;

  constructor(text: string, onRow: (row: Buffer) => void, onEnd: (error?: Error) => void) {
    super(text, (error) => onEnd(error ?? this.#failure));
    this.#onRow = onRow;
  }

  /** `pg` calls this, and would throw the rows away. */
  handleCopyData({ chunk }: { readonly chunk: Buffer }): void {
    const row = chunk.subarray(this.#begin);
    this.#begin = 0;
    const isEnd = row.readInt16BE() === -1;
    if (isEnd || this.#failure !== undefined) return;
    try {
      this.#onRow(row);
    } catch (error) {
      // Thrown from here, it would reach nobody who waits.
      this.#failure = error instanceof Error ? error : new Error(String(error));
    }
  }
}

/** A row is the number of its columns (16 bits), then the length of each (32 bits) and its bytes. */
function readRow<Name extends string>(row: Buffer, names: readonly Name[]): CopiedRow<Name> {
  const columns: Partial<Record<Name, Buffer>> = {};
  let at = 2;
  for (const name of names) {
    const begin = at + 4;
    at = begin + row.readInt32BE(at);
    columns[name] = row.subarray(begin, at);
  }
  return columns as Record<Name, Buffer>;
}

/** COPY takes no parameters. */
function withLiterals({ strings, values }: Prisma.Sql): string {
  return strings.map((text, i) => (i === 0 ? text : `${literal(values[i - 1])}${text}`)).join('');
}

function literal(value: unknown): string {
  if (typeof value === 'string') return pg.escapeLiteral(value);
  if (typeof value === 'number' && Number.isFinite(value)) return `(${value})`;
  if (Array.isArray(value)) return `ARRAY[${value.map(literal).join()}]`;
  throw new Error(`no parameter of a copy: ${typeof value}`);
}
