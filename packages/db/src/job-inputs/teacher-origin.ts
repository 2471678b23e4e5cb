import type { TeacherSpec } from '@blockwise/contracts';
import type { Database } from '../database.ts';
import { readNetwork, retrainingsOf } from '../networks.ts';
import type { CutShape, TeacherKind } from '../rows.ts';
import { datasetOf, teacherOf } from '../searches.ts';

/** Weights that the platform has, with the images that they know. */
export interface OriginWeights {
  /** What they fit, in the grammar; of a LayersModel its name. */
  readonly architecture: string;
  readonly sha256: string;
  /** Of the images they know: height and width, pixels. */
  readonly imageSize: number;
  readonly classes: readonly string[];
}

/** What a teacher begins as that is taken from another search. */
export type TeacherOriginRow =
  /** The other search's teacher, as it is. */
  | {
      readonly from: 'search';
      readonly kind: TeacherKind;
      readonly params: number;
      readonly macs: number | null;
      readonly cuts: readonly CutShape[];
      readonly weights: OriginWeights;
    }
  /** A network that the other search found; its weights are those of its first training. */
  | {
      readonly from: 'network';
      /** As it was found. */
      readonly architecture: string;
      readonly weights: OriginWeights | null;
    };

/** What the teacher of a specification begins as; null when it is not taken over, or not there. */
export async function teacherOrigin(
  db: Database,
  wanted: TeacherSpec,
): Promise<TeacherOriginRow | null> {
  if (wanted.kind === 'search') return ofSearch(db, wanted.searchId);
  if (wanted.kind === 'network') return ofNetwork(db, wanted.networkId);
  return null;
}

async function ofSearch(db: Database, searchId: string): Promise<TeacherOriginRow | null> {
  const [teacher, dataset] = await Promise.all([teacherOf(db, searchId), datasetOf(db, searchId)]);
  if (!teacher || !dataset) return null;
  const { kind, params, macs, cuts, architecture, sha256 } = teacher;
  const { classes, size: imageSize } = dataset;
  const weights = { architecture, sha256, imageSize, classes };
  return { from: 'search', kind, params, macs, cuts, weights };
}

async function ofNetwork(db: Database, networkId: string): Promise<TeacherOriginRow | null> {
  const network = await readNetwork(db, networkId);
  if (!network) return null;
  const [retrainings, dataset] = await Promise.all([
    retrainingsOf(db, networkId),
    datasetOf(db, network.searchId),
  ]);
  const trained = retrainings.find((retraining) => retraining.trained !== null)?.trained;
  const known = dataset && { imageSize: dataset.size, classes: dataset.classes };
  return {
    from: 'network',
    architecture: network.architecture,
    // As trained: with weights of the supernets it has other widths than as found.
    weights:
      trained && known
        ? { architecture: trained.architecture, sha256: trained.sha256, ...known }
        : null,
  };
}
