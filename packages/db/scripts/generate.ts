import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/**
 * Generates the Prisma client without a download: generating never runs the schema engine, but
 * Prisma fetches one unless it is told where to find some executable. Skips when neither the schema
 * nor Prisma's version has changed.
 */
const packageFolder = new URL('../', import.meta.url);
const stamp = new URL('src/generated/.schema-hash', packageFolder);
const require = createRequire(import.meta.url);

const schema = await readFile(new URL('../../prisma/schema.prisma', packageFolder));
const { version } = require('prisma/package.json');
const hash = createHash('sha256').update(schema).update(version).digest('hex');

if ((await readStamp()) !== hash) {
  const cli = require.resolve('prisma/build/index.js');
  const { status, error, stdout, stderr } = spawnSync(process.execPath, [cli, 'generate'], {
    cwd: fileURLToPath(packageFolder),
    encoding: 'utf8',
    env: {
      ...process.env,
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      CHECKPOINT_DISABLE: '1',
    },
  });
  if (status !== 0) {
    process.stderr.write(`${stdout}${stderr}`);
    throw new Error('prisma generate failed', { cause: error });
  }
  await writeFile(stamp, hash);
}

async function readStamp(): Promise<string | null> {
  try {
    return await readFile(stamp, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      return null;
    }
    throw error;
  }
}
