import type { TrainingSpec } from '@blockwise/contracts';
import type { Loaders } from './loaders.ts';

/** How a teacher was trained, and on which side of images (pixels). */
export interface TeacherTraining {
  readonly training: TrainingSpec;
  readonly imageSize: number;
}

/**
 * The training that a search's teacher had here: its own, or that of the search or network it was
 * taken over from. Null where it came trained from a file.
 */
export async function teacherTraining(
  searchId: string,
  loaders: Loaders,
): Promise<TeacherTraining | null> {
  const { teacher } = (await loaders.requireSearch(searchId)).spec;
  switch (teacher.kind) {
    case 'layersModel':
      return null;
    case 'search':
      return teacherTraining(teacher.searchId, loaders);
    case 'network':
      return teacher.training === null
        ? networkTraining(teacher.networkId, loaders)
        : onImagesOf(searchId, teacher.training, loaders);
    default:
      return teacher.training === null ? null : onImagesOf(searchId, teacher.training, loaders);
  }
}

/** Of the training whose weights a network kept, which is its first that worked. */
async function networkTraining(id: string, loaders: Loaders): Promise<TeacherTraining | null> {
  const { searchId } = await loaders.requireNetwork(id);
  const retrainings = await loaders.retrainingsOfNetwork.load(id);
  const kept = retrainings.find(({ trained }) => trained !== null);
  return kept === undefined ? null : onImagesOf(searchId, kept.training, loaders);
}

async function onImagesOf(
  searchId: string,
  training: TrainingSpec,
  loaders: Loaders,
): Promise<TeacherTraining> {
  return { training, imageSize: (await loaders.requireDataset(searchId)).size };
}
