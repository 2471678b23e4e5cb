import { existsSync } from 'node:fs';
import path from 'node:path';
import { npmRun } from './install.mjs';
import { root } from './run.mjs';
import { fingerprint, hasStamp, writeStamp } from './stamp.mjs';
import { timed } from './timed.mjs';

/**
 * What is generated from sources and not committed, in the order in which one needs the other.
 * `slow` parts are only made for the commands that show pages.
 */
export const generatedParts = [
  {
    name: 'database-client',
    what: 'Generating the database client',
    folder: 'packages/db',
    script: 'generate',
    inputs: ['prisma', 'packages/db/package.json', 'packages/db/prisma.config.ts'],
    output: 'packages/db/src/generated',
    slow: false,
  },
  {
    name: 'training-kernels',
    what: 'Compiling the training kernels',
    folder: 'packages/wasm-kernels',
    script: 'build',
    inputs: ['packages/wasm-kernels/assembly', 'packages/wasm-kernels/package.json'],
    output: 'packages/wasm-kernels/build',
    slow: false,
  },
  {
    name: 'api-client',
    what: 'Generating the API client',
    folder: 'packages/client',
    script: 'generate',
    inputs: [
      'apps/api/schema.graphql',
      'packages/client/src/operations',
      'packages/client/codegen.config.ts',
      'packages/client/package.json',
    ],
    output: 'packages/client/src/generated',
    slow: false,
  },
  {
    name: 'web-pages',
    what: 'Building the web pages',
    folder: 'apps/web',
    script: 'build',
    inputs: [
      'apps/web',
      'apps/api/schema.graphql',
      'packages/client',
      'packages/contracts',
      'packages/dna',
      'pnpm-lock.yaml',
    ],
    output: 'apps/web/.next/BUILD_ID',
    slow: true,
  },
];

/**
 * Makes the parts whose inputs have changed since they were last made.
 *
 * @param {typeof generatedParts} parts
 * @returns {Promise<boolean>} whether all of them are there
 */
export async function generate(parts) {
  for (const part of parts) {
    const wanted = fingerprint(part.inputs);
    if (hasStamp(part.name, wanted) && existsSync(path.join(root, part.output))) continue;
    if (!(await timed(part.what, () => npmRun(part.folder, part.script)))) return false;
    writeStamp(part.name, wanted);
  }
  return true;
}
