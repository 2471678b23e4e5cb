import path from 'node:path';
import { z } from 'zod';
import { takeStateFolder } from '../../apps/local/src/state-folder.ts';
import {
  type ArtifactPlace,
  artifactPlace,
  artifactVariables,
  openArtifactStore,
} from '../../packages/artifacts/src/index.ts';
import { startPostgres } from '../../packages/postgres/src/index.ts';

/** Where a platform keeps what it knows. */
export interface Place {
  readonly databaseUrl: string;
  readonly artifacts: Awaited<ReturnType<typeof openArtifactStore>>;
  close(): Promise<void>;
}

const variables = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  ...artifactVariables,
});

/**
 * Of a state folder, whose PostgreSQL is started, or as the environment says.
 *
 * @throws Error with one line that names what is missing
 */
export async function openPlace(state: string | undefined, env: NodeJS.ProcessEnv): Promise<Place> {
  if (state === undefined) {
    const parsed = variables.safeParse(env);
    if (!parsed.success) {
      const names = parsed.error.issues.map((issue) => String(issue.path[0])).join(', ');
      throw new Error(`${names} has to be set, or --state given.`);
    }
    const artifacts = await openArtifactStore(artifactPlace(parsed.data));
    return { databaseUrl: parsed.data.DATABASE_URL, artifacts, close: async () => {} };
  }
  const folder = await takeStateFolder(state, undefined);
  try {
    const server = await startPostgres({
      folder: folder.database,
      logFile: path.join(folder.logs, 'postgres.log'),
      durable: true,
      ownGroup: false,
    });
    const kept: ArtifactPlace = { kind: 'folder', folder: path.join(state, 'artifacts') };
    return {
      databaseUrl: server.url,
      artifacts: await openArtifactStore(kept),
      async close() {
        await server.stop();
        await folder.release();
      },
    };
  } catch (error) {
    await folder.release();
    throw error;
  }
}
