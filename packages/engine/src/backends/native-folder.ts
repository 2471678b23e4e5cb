import { fileURLToPath } from 'node:url';

/**
 * Where `npm run native` puts what the plain install leaves out: `.native` of the repository, or the
 * folder that the variable NATIVE_FOLDER names.
 */
export function nativeFolder(): string {
  return (
    process.env.NATIVE_FOLDER || fileURLToPath(new URL('../../../../.native', import.meta.url))
  );
}
