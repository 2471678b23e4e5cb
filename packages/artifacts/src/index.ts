export {
  type ArtifactPlace,
  artifactPlace,
  artifactVariables,
  openArtifactStore,
} from './artifact-place.ts';
export { openFolderStore } from './folder-store.ts';
export type { ArtifactStore, ListedArtifact, ReadArtifact, StoredArtifact } from './store.ts';
