import { readdirSync, readFileSync } from 'node:fs';
import { buildSchema, type GraphQLSchema } from 'graphql';
import { z } from 'zod';
import { type ListedChange, listedChange } from './breaking-changes.ts';

const folder = new URL('../../released/', import.meta.url);
const listFile = new URL('breaking-changes.json', folder);

/** The schema of the last release; null before the first. */
export function readLastRelease(): GraphQLSchema | null {
  const [last] = readdirSync(folder)
    .flatMap((name) => {
      const [, version] = /^schema-(\d+\.\d+\.\d+)\.graphql$/.exec(name) ?? [];
      return version === undefined ? [] : [{ name, version: version.split('.').map(Number) }];
    })
    .sort((a, b) => compare(b.version, a.version));
  return last === undefined ? null : buildSchema(readFileSync(new URL(last.name, folder), 'utf8'));
}

/** The breaking changes since then that are meant. */
export function readListedChanges(): ListedChange[] {
  return z.array(listedChange).parse(JSON.parse(readFileSync(listFile, 'utf8')));
}

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((part, i) => part !== b[i]);
  return (a[at] ?? 0) - (b[at] ?? 0);
}
