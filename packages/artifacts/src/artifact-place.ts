import path from 'node:path';
import { z } from 'zod';
import { openFolderStore } from './folder-store.ts';
import { openS3Store, type S3Place } from './s3-store.ts';
import type { ArtifactStore } from './store.ts';

/** Where artifacts are kept. */
export type ArtifactPlace =
  | { readonly kind: 'folder'; readonly folder: string }
  | ({ readonly kind: 's3' } & S3Place);

/** `s3://bucket/prefix`; the prefix may be left out. */
const s3Url = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])((?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*)\/?$/;

/** Variables of the environment that say where artifacts are kept; docs/artifacts.md explains them. */
export const artifactVariables = {
  /** Holds `artifacts/`, unless they are in a bucket. */
  STATE_FOLDER: z.string().min(1),
  ARTIFACT_STORE: z
    .string()
    .regex(s3Url, { message: 's3://BUCKET or s3://BUCKET/PREFIX' })
    .optional(),
  AWS_ENDPOINT_URL_S3: z.url({ protocol: /^https?$/ }).optional(),
  AWS_ENDPOINT_URL: z.url({ protocol: /^https?$/ }).optional(),
  AWS_REGION: z.string().optional(),
};

type ArtifactVariables = z.output<z.ZodObject<typeof artifactVariables>>;

/** The place that the environment names: a bucket, or the folder in the state folder. */
export function artifactPlace(env: ArtifactVariables): ArtifactPlace {
  const [, bucket, prefix] = s3Url.exec(env.ARTIFACT_STORE ?? '') ?? [];
  if (bucket === undefined) {
    return { kind: 'folder', folder: path.resolve(env.STATE_FOLDER, 'artifacts') };
  }
  return {
    kind: 's3',
    bucket,
    prefix: prefix ? `${prefix.slice(1)}/` : '',
    // Servers other than AWS take any.
    region: env.AWS_REGION ?? 'us-east-1',
    endpoint: env.AWS_ENDPOINT_URL_S3 ?? env.AWS_ENDPOINT_URL ?? null,
  };
}

/**
 * Opens the store at a place.
 *
 * @throws Error with one clear line that names the variable, when it cannot be used
 */
export async function openArtifactStore(place: ArtifactPlace): Promise<ArtifactStore> {
  try {
    return place.kind === 'folder' ? await openFolderStore(place.folder) : await openS3Store(place);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${shown(place)} cannot be used: ${reason}`, { cause: error });
  }
}

function shown(place: ArtifactPlace): string {
  return place.kind === 'folder'
    ? `The folder ${place.folder} (STATE_FOLDER)`
    : `The bucket s3://${place.bucket}/${place.prefix} (ARTIFACT_STORE)`;
}
