import { S3ServiceException } from '@aws-sdk/client-s3';
import { DomainError } from '@blockwise/contracts';

/** What a person can do about what a server or client says by a code. */
const advice: Record<string, string> = {
  CredentialsProviderError:
    'no credentials were found: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
  InvalidAccessKeyId: 'the server does not know AWS_ACCESS_KEY_ID',
  SignatureDoesNotMatch: 'AWS_SECRET_ACCESS_KEY does not fit AWS_ACCESS_KEY_ID',
  AccessDenied: 'the key may not do this in the bucket',
  ECONNREFUSED: 'nobody listens at the endpoint',
  ENOTFOUND: 'the host of the endpoint is not known',
};

/** Whether the server says that there is no such object. */
export function isMissing(error: unknown): boolean {
  if (isNoBucket(error)) return false;
  return error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404;
}

export function isNoBucket(error: unknown): boolean {
  return error instanceof S3ServiceException && error.name === 'NoSuchBucket';
}

/**
 * An error to show and to log in place of the client's own, which carries the request that was
 * signed, and what the server says of the signature. What is expected stays as it is.
 */
export function explainedFault(error: unknown): Error {
  if (error instanceof DomainError) return error;
  const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
  const code = codeOf(error);
  const known = advice[code] ?? (status === 403 ? advice.AccessDenied : undefined);
  const said = [code, ...(status === undefined ? [] : [`status ${status}`])].join(', ');
  const told = known === undefined ? said : `${known} (${said})`;
  // The code tells a store that is away from one that refuses.
  return Object.assign(new Error(`The artifact store failed: ${told}.`), { code });
}

function codeOf(error: unknown): string {
  const { code, name } = Object(error) as { code?: unknown; name?: unknown };
  if (typeof code === 'string') return code;
  return typeof name === 'string' ? name : 'unknown';
}
