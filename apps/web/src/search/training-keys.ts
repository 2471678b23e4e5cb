/** Curves of a network's training that are worth a look, the first ones first. */
export const trainingKeys = [
  'loss',
  'accuracy',
  'val_accuracy',
  'learning_rate',
  'distil_loss',
] as const;

export type TrainingKey = (typeof trainingKeys)[number];

/** Whether its values span powers of ten. */
export function isLogarithmic(key: TrainingKey): boolean {
  return key === 'loss' || key === 'distil_loss';
}
