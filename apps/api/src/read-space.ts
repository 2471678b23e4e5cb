import {
  readSpaceFile,
  type SearchSpace,
  type SpacePreset,
  spaceOf,
  spacePresets,
} from '@blockwise/dna';
import { under } from './input-issues.ts';

const presetNotes: Readonly<Record<SpacePreset, { description: string; inputSize: number }>> = {
  'dna-single': {
    description:
      'The single-cell space of DNA: EfficientNet-B0 widths and depths, six MBConv ops (released code).',
    inputSize: 224,
  },
  'dna-multi': {
    description:
      'The multi-cell space of DNA: 16 cells. Layer counts are certain; of the widths, the order of ' +
      'cells and one width are unverified.',
    inputSize: 224,
  },
  'dna-rank4': {
    description:
      'The space of the published ranking experiments (DNA, BossNAS): four MBConv ops, the last ' +
      'block fixed.',
    inputSize: 224,
  },
  'small-32': {
    description: 'For 32×32 images: three blocks of one cell, six MBConv ops. Our choice.',
    inputSize: 32,
  },
  'small-multi-32': {
    description:
      'For 32×32 images: three blocks whose cells differ in depth and width, six MBConv ops. Our choice.',
    inputSize: 32,
  },
  'small-64': {
    description:
      'For 64×64 images: four blocks whose cells differ in depth and width, six MBConv ops. Our choice.',
    inputSize: 64,
  },
};

/** The search spaces that are there by name. */
export const shippedSpaces = Object.entries<SearchSpace>(spacePresets).map(([name, space]) => ({
  name,
  space,
  ...presetNotes[name as SpacePreset],
}));

/** Where a space comes from: exactly one is there. */
interface SpaceSource {
  readonly text?: string | null;
  readonly yaml?: string | null;
  readonly json?: string | null;
}

/** @throws DomainError SPACE_SYNTAX with its place in the input */
export function readSpace({ text, yaml, json }: SpaceSource): SearchSpace {
  if (typeof yaml === 'string') {
    return under(['space', 'yaml'], () => readSpaceFile(yaml, 'yaml'));
  }
  if (typeof json === 'string') {
    return under(['space', 'json'], () => readSpaceFile(json, 'json'));
  }
  return under(['space', 'text'], () => spaceOf(text ?? ''));
}
