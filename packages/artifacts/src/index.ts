export { openFolderStore } from './folder-store.ts';
export type { ArtifactStore, StoredArtifact } from './store.ts';
