import {
  type ErrorPath,
  type NetworkTraining,
  recipeOf,
  type TrainingSpec,
} from '@blockwise/contracts';
import { refuse } from './refuse.ts';

/**
 * What the fields of a network's training demand of each other.
 *
 * @throws DomainError SPEC_INVALID with the path below `path`
 */
export function checkNetworkTraining(training: NetworkTraining, path: ErrorPath): void {
  const { globalDistil, init } = training;
  if (globalDistil === null) {
    checkTraining(training, path);
    return;
  }
  if (init !== 'supernet' && globalDistil.featureWeight > 0) {
    refuse(
      'SPEC_INVALID',
      'Features can only be compared with weights from the supernets, whose widths are the ' +
        "teacher's: set `init` to supernet, or `featureWeight` to 0.",
      [...path, 'globalDistil', 'featureWeight'],
    );
  }
  if (globalDistil.featureWeight === 0 && globalDistil.logitWeight === 0) {
    refuse('SPEC_INVALID', 'A distillation without features and logits teaches nothing.', [
      ...path,
      'globalDistil',
      'logitWeight',
    ]);
  }
}

/** @throws DomainError SPEC_INVALID with the path below `path` */
export function checkTraining(training: TrainingSpec, path: ErrorPath): void {
  if (recipeOf(training).epochs === 0) {
    refuse('SPEC_INVALID', 'A training without a global distillation needs an epoch at least.', [
      ...path,
      'epochs',
    ]);
  }
}
