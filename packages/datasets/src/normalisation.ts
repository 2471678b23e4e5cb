import type { DatasetInfo } from '@blockwise/contracts';

/** Mean and deviation per channel (red, green, blue), in 0..1. */
export type ChannelStatistics = Pick<DatasetInfo, 'mean' | 'std'>;

/**
 * Of ImageNet's training part, as PyTorch's and timm's networks expect their images (timm's
 * IMAGENET_DEFAULT_MEAN and IMAGENET_DEFAULT_STD).
 */
export const imagenetStatistics: ChannelStatistics = {
  mean: [0.485, 0.456, 0.406],
  std: [0.229, 0.224, 0.225],
};

/** What images are normalised with: the training part's own statistics, or ImageNet's. */
export function normalisationOf(
  info: ChannelStatistics,
  choice: 'data' | 'imagenet',
): ChannelStatistics {
  return choice === 'imagenet' ? imagenetStatistics : { mean: info.mean, std: info.std };
}
