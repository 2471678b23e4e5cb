import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { printSdl } from '../schema/schema.ts';

/*
 * Part of a release: keeps the schema of the version in package.json as that of the last release, from
 * which nothing differs yet.
 */
const { version } = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')));
const folder = new URL('../../released/', import.meta.url);
writeFileSync(new URL(`schema-${version}.graphql`, folder), printSdl());
writeFileSync(new URL('breaking-changes.json', folder), '[]\n');
