import path from 'node:path';
import {
  type ArtifactStore,
  openFolderStore,
  type StoredArtifact,
} from '../../packages/artifacts/src/index.ts';
import { DomainError } from '../../packages/contracts/src/index.ts';
import {
  type BackupReport,
  type RestoreReport,
  restoreBackup,
  writeBackup,
} from '../../packages/db/src/index.ts';
import type { Place } from './place.ts';

/** Where all backups of a folder keep their files: once each. */
const filesOf = (backups: string) => openFolderStore(path.join(backups, 'artifacts'));

/** Makes a backup below `folder`, named by the time; answers where it lies. */
export async function backUp(
  { databaseUrl, artifacts }: Omit<Place, 'close'>,
  folder: string,
  onProgress?: (text: string) => void,
): Promise<BackupReport & { folder: string }> {
  const kept = await filesOf(folder);
  const name = new Date().toISOString().replaceAll(/[:.]/g, '-');
  const own = path.join(folder, name);
  const report = await writeBackup(databaseUrl, {
    folder: own,
    keepArtifact: (artifact) => copy(artifacts, kept, artifact),
    ...(onProgress === undefined ? {} : { onProgress }),
  });
  return { ...report, folder: own };
}

/** Brings a backup to an empty place. */
export async function restore(
  { databaseUrl, artifacts }: Omit<Place, 'close'>,
  folder: string,
  onProgress?: (text: string) => void,
): Promise<RestoreReport> {
  const kept = await filesOf(path.dirname(folder));
  return restoreBackup(databaseUrl, {
    folder,
    async bringArtifact(artifact) {
      if (await copy(kept, artifacts, artifact)) return;
      const text = `The backup lacks the artifact ${artifact.sha256}.`;
      throw new DomainError('ARTIFACT_MISSING', text);
    },
    ...(onProgress === undefined ? {} : { onProgress }),
  });
}

/** Copies a file that is not there yet. Answers false when there is none to copy. */
async function copy(
  from: ArtifactStore,
  to: ArtifactStore,
  { sha256, bytes }: StoredArtifact,
): Promise<boolean> {
  if (await to.has(sha256)) return true;
  try {
    const { pieces } = await from.read(sha256);
    await to.putStream(pieces, { sha256, maxBytes: bytes });
    return true;
  } catch (error) {
    if (error instanceof DomainError && error.code === 'ARTIFACT_MISSING') return false;
    throw error;
  }
}
