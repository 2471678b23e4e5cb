export { type Augmentation, augmentations } from './augment/augmentations.ts';
export type { AugmentStep } from './augment/steps.ts';
export { batchPlan } from './batches.ts';
export { type CacheOptions, loadDatasetCached } from './cache.ts';
export type { Dataset, ImageSet, LoadOptions, LoadProgress } from './dataset.ts';
export { type AugmentDraws, fillBatch } from './fill-batch.ts';
export { checkSource, loadDataset, type SourceSummary } from './source.ts';
export { type RatingExtent, type RatingSplit, splitRating } from './split.ts';
export { channelStatistics } from './statistics.ts';
