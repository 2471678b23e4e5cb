import { readFileSync } from 'node:fs';
import path from 'node:path';

/** Name of the file in the state folder that holds the token of whoever ran `npm start`. */
const fileName = 'token';

/**
 * The token that `npm start` leaves in its state folder (`BLOCKWISE_STATE`, else `.blockwise` of the
 * project), for commands of the same person on the same machine; undefined when there is none.
 */
export function localToken(env: NodeJS.ProcessEnv): string | undefined {
  const project = path.resolve(import.meta.dirname, '../../../..');
  const folder = env.BLOCKWISE_STATE ?? path.join(project, '.blockwise');
  try {
    return readFileSync(path.join(folder, fileName), 'utf8').trim() || undefined;
  } catch {
    return undefined;
  }
}
