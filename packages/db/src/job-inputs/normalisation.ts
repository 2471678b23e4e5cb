import type { SearchSpec } from '@blockwise/contracts';
import type { Database } from '../database.ts';
import { readNetwork } from '../networks.ts';
import { readSearch } from '../searches.ts';

/** Whose mean and deviation images are normalised with: the training part's, or ImageNet's. */
export type NormalisationChoice = 'data' | 'imagenet';

/**
 * What a search's images are normalised with. Left to the platform it is what the teacher knows:
 * ImageNet's statistics for one from a file, that of its own search for one that is taken over, and
 * otherwise the data's.
 */
export async function normalisationChoice(
  db: Database,
  spec: SearchSpec,
): Promise<NormalisationChoice> {
  const { normalisation, teacher } = spec;
  if (normalisation !== 'auto') return normalisation;
  switch (teacher.kind) {
    case 'train':
      return 'data';
    case 'timm':
    case 'layersModel':
      return 'imagenet';
    case 'search':
      return ofSearch(db, teacher.searchId);
    case 'network': {
      const network = await readNetwork(db, teacher.networkId);
      return network ? ofSearch(db, network.searchId) : 'data';
    }
    default:
      return unknownTeacher(teacher);
  }
}

async function ofSearch(db: Database, id: string): Promise<NormalisationChoice> {
  const search = await readSearch(db, id);
  return search ? normalisationChoice(db, search.spec) : 'data';
}

function unknownTeacher(teacher: never): never {
  throw new Error(`there is no teacher ${JSON.stringify(teacher)}`);
}
