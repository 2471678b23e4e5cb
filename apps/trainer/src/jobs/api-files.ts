import { createHash } from 'node:crypto';
import { DomainError } from '@blockwise/contracts';
import type { ApiConnection } from './api-connection.ts';
import type { JobFiles } from './job-source.ts';

/** Files as the API gives and takes them while a job is held. */
export function apiFiles(connection: ApiConnection): JobFiles {
  return {
    async put(bytes) {
      const sha256 = sha256Of(bytes);
      await connection.fetch(`/artifacts/${sha256}`, {
        method: 'PUT',
        body: new Uint8Array(bytes),
      });
      return { sha256, bytes: bytes.byteLength };
    },

    async get(sha256) {
      const response = await connection.fetch(`/artifacts/${sha256}`);
      const bytes = new Uint8Array(await response.arrayBuffer());
      if (sha256Of(bytes) !== sha256) {
        throw new DomainError('ARTIFACT_MISSING', `Artifact ${sha256} does not match its hash.`);
      }
      return bytes;
    },
  };
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
