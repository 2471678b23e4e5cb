import { CreateBucketCommand, HeadBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { explainedFault, isMissing } from './s3-fault.ts';
import { type S3Place, settingsOf } from './s3-store.ts';

/** Tries of one request: a store that starts together with everything else may take a minute. */
const maxAttempts = 12;

/**
 * Makes the bucket, unless it is there.
 *
 * @returns whether it was made
 * @throws Error with one clear line when the server refuses or stays away
 */
export async function makeBucket(place: S3Place): Promise<boolean> {
  const client = new S3Client(settingsOf(place, maxAttempts));
  const bucket = { Bucket: place.bucket };
  try {
    if (await exists(client, bucket)) return false;
    await client.send(new CreateBucketCommand(bucket));
    return true;
  } catch (error) {
    throw explainedFault(error);
  } finally {
    client.destroy();
  }
}

async function exists(client: S3Client, bucket: { Bucket: string }): Promise<boolean> {
  try {
    await client.send(new HeadBucketCommand(bucket));
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}
