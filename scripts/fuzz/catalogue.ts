import type { Target } from './target.ts';
import type { TargetName } from './target-names.mjs';
import { openArchitecture } from './targets/architecture.ts';
import { openCheckpoint } from './targets/checkpoint.ts';
import { openGraphql } from './targets/graphql.ts';
import { openImage } from './targets/image.ts';
import { openJobPayload } from './targets/job-payload.ts';
import { openLayersModel } from './targets/layers-model.ts';
import { openSafetensors } from './targets/safetensors.ts';
import { openSpecification } from './targets/specification.ts';

export const targets: Record<TargetName, () => Promise<Target>> = {
  graphql: openGraphql,
  specification: openSpecification,
  architecture: openArchitecture,
  safetensors: openSafetensors,
  'layers-model': openLayersModel,
  checkpoint: openCheckpoint,
  image: openImage,
  'job-payload': openJobPayload,
};
