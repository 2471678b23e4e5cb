import type { DatasetInfo, SearchSpec } from '@blockwise/contracts';

/** Images of a search, and how they are divided. */
export interface Images {
  /** Height and width, pixels. */
  readonly size: number;
  readonly classes: number;
  /** The training part: networks that were found are trained on all of it. */
  readonly train: number;
  /** Of it, what the teacher and the cells train on. */
  readonly fitting: number;
  /** Of it, what paths are rated on. */
  readonly rating: number;
  readonly test: number;
}

/** What is known of a data set before, or after, a trainer has read it. */
export type ImageCounts = Pick<DatasetInfo, 'size' | 'trainCount' | 'testCount'> & {
  readonly classes: number;
};

/** CIFAR-10's images; nobody has others under this name. */
const cifar10: ImageCounts = { size: 32, classes: 10, trainCount: 50_000, testCount: 10_000 };

/** As far as the specification alone says it; null for a folder, which somebody has to read. */
export function countsOf({ dataset }: Pick<SearchSpec, 'dataset'>): ImageCounts | null {
  switch (dataset.kind) {
    case 'procedural': {
      const { size, classes, trainPerClass, testPerClass } = dataset;
      return {
        ...{ size, classes },
        ...{ trainCount: classes * trainPerClass, testCount: classes * testPerClass },
      };
    }
    case 'cifar10':
      return cifar10;
    case 'imageFolder':
      return null;
    default:
      return dataset satisfies never;
  }
}

/** How a search divides its images. */
export function imagesOf(
  { ratingPerClass }: Pick<SearchSpec, 'ratingPerClass'>,
  { size, classes, trainCount, testCount }: ImageCounts,
): Images {
  const rating = Math.min(ratingPerClass * classes, trainCount);
  return {
    ...{ size, classes, rating },
    ...{ train: trainCount, fitting: trainCount - rating, test: testCount },
  };
}
