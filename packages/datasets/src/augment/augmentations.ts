import type { Augment } from '@blockwise/contracts';
import { imagenetPolicy } from './imagenet-policy.ts';
import type { AugmentStep } from './steps.ts';

/** What a level of augmentation does to an image of the training part. */
export interface Augmentation {
  readonly title: string;
  /** Where the values come from. */
  readonly source: string;
  readonly steps: readonly AugmentStep[];
}

const normalise: AugmentStep = { kind: 'normalise' };
/** timm's defaults, which are torchvision's, which are those of Szegedy et al. (2015). */
const resizedCrop: AugmentStep = {
  kind: 'resizedCrop',
  area: [0.08, 1],
  ratio: [3 / 4, 4 / 3],
  interpolation: 'bilinear or bicubic',
  flip: true,
};
const padCrop: AugmentStep = { kind: 'padCrop', padding: 1 / 8, flip: true };

function colourJitter(strength: number): AugmentStep {
  return {
    kind: 'colourJitter',
    brightness: strength,
    contrast: strength,
    saturation: strength,
  };
}

/** timm's random erasing in its mode `pixel`; areas and shapes of Zhong et al. (2017). */
function erase(probability: number): AugmentStep {
  return { kind: 'erase', probability, area: [0.02, 1 / 3], ratio: [0.3, 1 / 0.3] };
}

/** Every level that a specification can name, as data. */
export const augmentations: Readonly<Record<Augment, Augmentation>> = {
  none: {
    title: 'No random change',
    source: 'what rating, calibration and tests see',
    steps: [normalise],
  },
  light: {
    title: 'Crop of the padded image, and flip',
    source: 'the usual one for 32x32 images: He et al., 2016, section 4.2',
    steps: [padCrop, normalise],
  },
  paper: {
    title: "What DNA's cells train on",
    source: 'changlin31/DNA, searching/initialize/data.yaml and its loader',
    steps: [resizedCrop, colourJitter(0.4), normalise, erase(0.5)],
  },
  dna2020: {
    title: "What DNA's released retraining uses",
    source: 'changlin31/DNA, retraining/run_example.sh',
    steps: [resizedCrop, colourJitter(0.06), normalise],
  },
  autoAugment: {
    title: "AutoAugment's policy for ImageNet",
    source: 'Cubuk et al., 2019, with the magnitudes of timm (`original`)',
    steps: [resizedCrop, { kind: 'policy', policy: imagenetPolicy }, normalise],
  },
  randAugment: {
    title: 'RandAugment and random erasing',
    source: 'Cubuk et al., 2020, as timm: --aa rand-m9-mstd0.5 --reprob 0.25 --remode pixel',
    steps: [
      resizedCrop,
      {
        kind: 'randomOps',
        ops: [
          ...(['autoContrast', 'equalize', 'invert', 'rotate', 'posterize'] as const),
          ...(['solarize', 'solarizeAdd', 'colour', 'contrast', 'brightness'] as const),
          ...(['sharpness', 'shearX', 'shearY', 'translateX', 'translateY'] as const),
        ],
        count: 2,
        probability: 0.5,
        magnitude: 9,
        deviation: 0.5,
      },
      normalise,
      erase(0.25),
    ],
  },
  cutout: {
    title: 'Light, with a square cut out',
    source: 'DeVries and Taylor, 2017: 16 pixels at 32 (CIFAR-10)',
    steps: [padCrop, normalise, { kind: 'cutout', side: 1 / 2 }],
  },
};
