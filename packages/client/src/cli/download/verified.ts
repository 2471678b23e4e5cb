import { createHash } from 'node:crypto';
import { ClientError, unreachable } from '../../client-error.ts';

interface ExportedFile {
  /** A path on the API's host. */
  readonly url: string;
  readonly sha256: string;
}

/**
 * The bytes of an exported file, when they are those that the API announced.
 *
 * @param endpoint address of the GraphQL endpoint
 * @throws ClientError UNREACHABLE; NOT_FOUND or ARTIFACT_MISSING when the API has no such file (any
 *   more), ARTIFACT_MISSING when what arrived has another hash
 */
export async function downloadVerified(
  endpoint: string,
  { url, sha256 }: ExportedFile,
): Promise<Uint8Array> {
  const address = new URL(url, endpoint);
  const bytes = await fetchBytes(address);
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found !== sha256) {
    throw new ClientError(
      'ARTIFACT_MISSING',
      `What ${address} answered has the hash ${found}, not ${sha256}; nothing was written.`,
    );
  }
  return bytes;
}

async function fetchBytes(address: URL): Promise<Uint8Array> {
  try {
    const response = await fetch(address);
    if (response.ok) return new Uint8Array(await response.arrayBuffer());
    throw new ClientError(
      'ARTIFACT_MISSING',
      `${address} answered with status ${response.status}: ${await reasonOf(response)}`,
    );
  } catch (error) {
    throw error instanceof ClientError ? error : unreachable(address.href, error);
  }
}

async function reasonOf(response: Response): Promise<string> {
  const text = await response.text();
  try {
    return JSON.parse(text).errors[0].message;
  } catch {
    return text.split('\n')[0] ?? '';
  }
}
