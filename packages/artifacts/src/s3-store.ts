import { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  paginateListObjectsV2,
  S3Client,
  type S3ClientConfig,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { expectedPieces, notStored, storedPieces } from './checked-pieces.ts';
import { checkedAddress, sha256Of } from './content-address.ts';
import { explainedFault, isMissing, isNoBucket } from './s3-fault.ts';
import type { ArtifactStore, ReadArtifact } from './store.ts';
import { wholeOf } from './whole.ts';

/** Where objects are. Credentials come from where the AWS clients look for them. */
export interface S3Place {
  readonly bucket: string;
  /** What all keys begin with: empty, or it ends with `/`. */
  readonly prefix: string;
  readonly region: string;
  /** Of a server that is not AWS; buckets are then named in the path, not in the host. */
  readonly endpoint: string | null;
}

/** Tries of one request; pauses double from 0.1 s to 20 s, so a server may be away for a minute. */
const maxAttempts = 10;
/** Whoever starts wants to hear soon that the address is wrong. */
const firstAttempts = 2;
const keyOfArtifact = /^[0-9a-f]{2}\/([0-9a-f]{64})$/;
/** Larger artifacts are sent in parts of this size, two at once. */
const partBytes = 8 * 2 ** 20;

/**
 * Artifacts as objects of a bucket, under the keys that are the paths of files in a folder.
 * Any number of processes may use it at once.
 *
 * @throws Error with one clear line when the bucket cannot be used
 */
export async function openS3Store(place: S3Place): Promise<ArtifactStore> {
  const { bucket, prefix } = place;
  await proveUsable(place);
  const client = new S3Client(settingsOf(place, maxAttempts));

  const objectOf = (sha256: string) => {
    const address = checkedAddress(sha256);
    return { Bucket: bucket, Key: `${prefix}${address.slice(0, 2)}/${address}` };
  };

  /** One request, or an upload in parts: the object is there as a whole, or as it was before. */
  const store = async (sha256: string, body: Uint8Array | Readable): Promise<void> => {
    const params = { ...objectOf(sha256), Body: body, ContentType: 'application/octet-stream' };
    const upload = new Upload({ client, params, partSize: partBytes, queueSize: 2 });
    await upload.done();
  };

  const read = async (sha256: string): Promise<ReadArtifact> => {
    const object = objectOf(sha256);
    try {
      const { Body, ContentLength } = await client.send(new GetObjectCommand(object));
      if (!(Body instanceof Readable)) throw new Error('The store answered no content.');
      const pieces = storedPieces(explained(Body), sha256);
      return { bytes: ContentLength ?? 0, pieces };
    } catch (error) {
      throw isMissing(error) ? notStored(sha256) : explainedFault(error);
    }
  };

  return {
    async put(bytes) {
      const sha256 = sha256Of(bytes);
      await store(sha256, bytes).catch(throwExplained);
      return { sha256, bytes: bytes.byteLength };
    },

    async putStream(pieces, expected) {
      const { sha256 } = expected;
      const counted = { bytes: 0 };
      const faults: unknown[] = [];
      const body = Readable.from(noted(expectedPieces(pieces, expected), counted, faults));
      try {
        await store(sha256, body);
      } catch (error) {
        // What is wrong with the stream says more than how the upload came to an end by it.
        throw faults.length > 0 ? faults[0] : explainedFault(error);
      }
      return { sha256, ...counted };
    },

    async get(sha256) {
      return await wholeOf(() => read(sha256));
    },

    read,

    async has(sha256) {
      try {
        await client.send(new HeadObjectCommand(objectOf(sha256)));
        return true;
      } catch (error) {
        if (isMissing(error)) return false;
        throw explainedFault(error);
      }
    },

    async *list() {
      const pages = paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: prefix });
      try {
        for await (const { Contents = [] } of pages) {
          for (const { Key = '', Size = 0, LastModified } of Contents) {
            const [, sha256] = keyOfArtifact.exec(Key.slice(prefix.length)) ?? [];
            if (sha256 && LastModified) yield { sha256, bytes: Size, storedAt: LastModified };
          }
        }
      } catch (error) {
        throw explainedFault(error);
      }
    },

    async remove(sha256, { notSince }) {
      const object = objectOf(sha256);
      try {
        const { LastModified } = await client.send(new HeadObjectCommand(object));
        // A put between this answer and the next request is lost: no request says both.
        if (LastModified === undefined || LastModified >= notSince) return false;
        await client.send(new DeleteObjectCommand(object));
        return true;
      } catch (error) {
        if (isMissing(error)) return false;
        throw explainedFault(error);
      }
    },
  };
}

/**
 * Asks for what is not there: the answer says whether the bucket is, and the key is known.
 *
 * @throws Error with one clear line: which variable is wrong, or what the server said
 */
async function proveUsable(place: S3Place): Promise<void> {
  const client = new S3Client(settingsOf(place, firstAttempts));
  try {
    const Key = `${place.prefix}00/${'0'.repeat(64)}`;
    await client.send(new GetObjectCommand({ Bucket: place.bucket, Key }));
  } catch (error) {
    if (isNoBucket(error)) throw new Error(`There is no bucket ${place.bucket}.`);
    if (!isMissing(error)) throw explainedFault(error);
  } finally {
    client.destroy();
  }
}

/** How to speak to the server; a request is tried so often. */
export function settingsOf({ region, endpoint }: S3Place, attempts: number): S3ClientConfig {
  return {
    region,
    maxAttempts: attempts,
    ...(endpoint === null ? {} : { endpoint, forcePathStyle: true }),
    // Bodies are signed by their SHA-256, and verified by their names; other servers know no more.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: 5_000, socketTimeout: 60_000 },
  };
}

/** Pieces as they pass, counted; what they end with is kept. */
async function* noted(
  pieces: AsyncIterable<Uint8Array>,
  counted: { bytes: number },
  faults: unknown[],
): AsyncGenerator<Uint8Array> {
  try {
    for await (const piece of pieces) {
      counted.bytes += piece.byteLength;
      yield piece;
    }
  } catch (error) {
    faults.push(error);
    throw error;
  }
}

async function* explained(body: Readable): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    throw explainedFault(error);
  }
}

function throwExplained(error: unknown): never {
  throw explainedFault(error);
}
