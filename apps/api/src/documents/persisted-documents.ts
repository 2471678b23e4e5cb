import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** Documents by their ids, `sha256:` and the hash of their text in hexadecimal digits. */
export type PersistedDocuments = ReadonlyMap<string, string>;

const manifest = z.record(z.string(), z.string());

/**
 * Reads a manifest, a JSON object of texts by their ids, as code generators write it.
 *
 * @throws Error with one clear line when it is no manifest or an id does not fit its text
 */
export function readPersistedDocuments(file: string): PersistedDocuments {
  try {
    const documents = new Map(
      Object.entries(manifest.parse(JSON.parse(readFileSync(file, 'utf8')))),
    );
    for (const [id, text] of documents) {
      if (id !== documentId(text)) throw new Error(`${id} is not the hash of its document`);
    }
    return documents;
  } catch (error) {
    const reason = error instanceof z.ZodError ? 'it is no object of texts' : String(error);
    throw new Error(`The documents in ${file} (PERSISTED_DOCUMENTS) cannot be used: ${reason}.`, {
      cause: error,
    });
  }
}

/** Id of a document. */
export function documentId(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}
