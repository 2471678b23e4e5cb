import { readFile } from 'node:fs/promises';
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
    const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg(pool));
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

let loading: Promise<void> | undefined;

/** Once per process: the module's glue keeps one instance. */
function loadEngine(): Promise<void> {
  loading ??= instantiate();
  return loading;
}

async function instantiate(): Promise<void> {
  const glueUrl = import.meta.resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const bytes = await readFile(new URL('schema_engine_bg.wasm', glueUrl));
  const module = await WebAssembly.compile(bytes);
  const imports = { './schema_engine_bg.js': engineGlue };
  const { exports } = await WebAssembly.instantiate(module, imports);
  engineGlue.__wbg_set_wasm(exports);
  (exports.__wbindgen_start as () => void)();
}
