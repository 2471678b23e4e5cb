import { DomainError, type TeacherSpec } from '@blockwise/contracts';
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
  { attempt, artifacts }: JobRun,
  wanted: TeacherSpec & { kind: 'network' },
): Promise<TeacherOrigin> {
  const { networkId, width, depth, training } = wanted;
  const network = await attempt.inputs.origin();
  if (network?.from !== 'network') throw invalid(`There is no network ${networkId}.`, 'networkId');
  if (width !== 1 || depth !== 1) {
    if (training === null) throw invalid('A scaled network has to be trained.', 'training');
    const scaled = scaleNetwork(networkOf(network.architecture), { width, depth });
    return { kind: 'train', architecture: printNetwork(scaled), training };
  }
  if (!network.weights) {
    throw invalid(`The network ${networkId} has not been trained.`, 'networkId');
  }
  const { architecture, sha256, ...known } = network.weights;
  return { kind: 'network', architecture, weights: await artifacts.get(sha256), training, known };
}

function invalid(message: string, field: string): DomainError {
  return new DomainError('SPEC_INVALID', message, { path: ['teacher', field] });
}
