import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as engineGlue from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';

/** What is used of the global that Node has and TypeScript only knows of in browsers. */
declare const WebAssembly: {
  compile(bytes: Uint8Array): Promise<object>;
  instantiate(
    module: object,
    imports: Record<string, unknown>,
  ): Promise<{ exports: Record<string, unknown> }>;
};

/**
 * Runs `work` with Prisma's schema engine in its WebAssembly form: the same engine as the one that
 * `prisma migrate` downloads, without a download, so that migrations run on machines that only
 * reach the database.
 */
export async function withSchemaEngine<T>(
  url: string,
  schema: string,
  work: (engine: engineGlue.SchemaEngine) => Promise<T>,
): Promise<T> {
  await loadEngine();
  // The engine has no way to hang up, so the pool is ours to end.
  const pool = new pg.Pool({
    connectionString: url,
    max: 2,
    application_name: 'blockwise migrate',
  });
  try {
    const adapter = bindMigrationAwareSqlAdapterFactory(new WholeScripts(pool));
    const datamodels: [string, string][] = [['schema.prisma', schema]];
    const engine = await engineGlue.SchemaEngine.new({ datamodels }, () => undefined, adapter);
    try {
      return await work(engine);
    } finally {
      engine.free();
    }
  } finally {
    await pool.end();
  }
}

/**
 * The adapter cuts scripts at every semicolon, those inside functions too. Postgres takes a script
 * as a whole, and then as one transaction: a migration that fails leaves nothing behind.
 */
class WholeScripts extends PrismaPg {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    super(pool);
    this.#pool = pool;
  }

  override async connect(): ReturnType<PrismaPg['connect']> {
    const adapter = await super.connect();
    adapter.executeScript = async (script) => {
      await this.#pool.query(script);
    };
    return adapter;
  }
}

let loading: Promise<void> | undefined;

/** Once per process: the module's glue keeps one instance. */
function loadEngine(): Promise<void> {
  loading ??= instantiate();
  return loading;
}

async function instantiate(): Promise<void> {
  // Not import.meta.resolve: the test runner does not have it.
  const glue = createRequire(import.meta.url).resolve(
    '@prisma/schema-engine-wasm/schema_engine_bg',
  );
  const bytes = await readFile(join(dirname(glue), 'schema_engine_bg.wasm'));
  const module = await WebAssembly.compile(bytes);
  const imports = { './schema_engine_bg.js': engineGlue };
  const { exports } = await WebAssembly.instantiate(module, imports);
  engineGlue.__wbg_set_wasm(exports);
  (exports.__wbindgen_start as () => void)();
}
