import { createTemplate, templateVariable, testServerVariable } from './database.ts';
import { startTestServer } from './server.ts';

/**
 * Vitest's globalSetup: one Postgres server and one migrated template for the whole run, told to
 * the test processes by environment variables. With BLOCKWISE_TEST_DATABASE_URL set (a superuser's,
 * of the maintenance database) that server is used instead.
 */
export async function setup(): Promise<() => Promise<void>> {
  if (process.env[templateVariable] !== undefined) {
    // Another project of the same run was first; it also cleans up.
    return async () => undefined;
  }
  const given = process.env[testServerVariable];
  const server = given === undefined ? await startTestServer() : null;
  try {
    const template = await createTemplate(server?.url ?? given ?? '');
    return async () => {
      await (server === null ? template.drop() : server.stop());
    };
  } catch (error) {
    await server?.stop();
    throw error;
  }
}
