import { z } from 'zod';
import { artifactPlace, artifactVariables } from '../src/artifact-place.ts';
import { makeBucket } from '../src/make-bucket.ts';

/**
 * Makes the bucket that ARTIFACT_STORE names, unless it is there: for a store of one's own, once. Status
 * 2 when the variables name no bucket, 1 when the server refuses.
 */
const { STATE_FOLDER, ...variables } = artifactVariables;
const read = z.object(variables).safeParse(process.env);
const place = read.success ? artifactPlace({ ...read.data, STATE_FOLDER: '.' }) : undefined;

if (place?.kind !== 's3') {
  process.stderr.write('The bucket cannot be made. ARTIFACT_STORE must be s3://BUCKET/PREFIX.\n');
  process.exit(2);
}
try {
  const isNew = await makeBucket(place);
  process.stdout.write(`The bucket ${place.bucket} ${isNew ? 'was made' : 'is there'}.\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
