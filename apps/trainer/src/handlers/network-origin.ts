import { DomainError, type TeacherSpec } from '@blockwise/contracts';
import { datasetOf, readNetwork, retrainingsOf } from '@blockwise/db';
import { networkOf, printNetwork, scaleNetwork } from '@blockwise/dna';
import type { TeacherOrigin } from '../compute/tasks/teacher.ts';
import type { JobRun } from '../job-run.ts';

/**
 * A network that an earlier search found as the next one's teacher (DNA+): scaled it is trained from
 * scratch, otherwise it keeps the weights of its first training.
 *
 * @throws DomainError SPEC_INVALID at `teacher.networkId` or `teacher.training`
 */
export async function networkOrigin(
  { db, artifacts }: JobRun,
  wanted: TeacherSpec & { kind: 'network' },
): Promise<TeacherOrigin> {
  const { networkId, width, depth, training } = wanted;
  const network = await readNetwork(db, networkId);
  if (!network) throw invalid(`There is no network ${networkId}.`, 'networkId');
  if (width !== 1 || depth !== 1) {
    if (training === null) throw invalid('A scaled network has to be trained.', 'training');
    const scaled = scaleNetwork(networkOf(network.architecture), { width, depth });
    return { kind: 'train', architecture: printNetwork(scaled), training };
  }
  const [retrainings, dataset] = await Promise.all([
    retrainingsOf(db, networkId),
    datasetOf(db, network.searchId),
  ]);
  const trained = retrainings.find((retraining) => retraining.trained !== null)?.trained;
  if (!trained || !dataset) {
    throw invalid(`The network ${networkId} has not been trained.`, 'networkId');
  }
  return {
    kind: 'network',
    // As trained: with weights of the supernets it has other widths than as found.
    architecture: trained.architecture,
    weights: await artifacts.get(trained.sha256),
    training,
    known: { imageSize: dataset.size, classes: dataset.classes },
  };
}

function invalid(message: string, field: string): DomainError {
  return new DomainError('SPEC_INVALID', message, { path: ['teacher', field] });
}
