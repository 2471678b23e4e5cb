import { openApiSource } from './api-source.ts';
import { openDatabaseSource, type SourceOptions } from './database-source.ts';
import type { JobSource } from './job-source.ts';

/** The source of jobs that the environment names. */
export async function openSource(options: SourceOptions): Promise<JobSource> {
  const { env } = options;
  return env.api === undefined
    ? await openDatabaseSource(env.databaseUrl, options)
    : await openApiSource(env.api, options);
}
