import {
  ClientError,
  IntroduceTrainerDocument,
  TakeJobDocument,
  type TakeJobMutation,
} from '@blockwise/client';
import { DomainError, enumName } from '@blockwise/contracts';
import { projectVersion } from '../project-version.ts';
import { type ApiConnection, type ApiPlace, connectToApi } from './api-connection.ts';
import { apiFiles } from './api-files.ts';
import { takenJob } from './api-job.ts';
import type { SourceOptions } from './database-source.ts';
import type { JobSource } from './job-source.ts';

export type Taken = NonNullable<TakeJobMutation['takeJob']>;

/**
 * Jobs and files through the API, with a trainer's token and nothing else. Waits while nobody answers.
 *
 * @throws DomainError UNAUTHENTICATED or FORBIDDEN when the token or the versions do not fit
 */
export async function openApiSource(
  place: ApiPlace,
  { identity, log }: Pick<SourceOptions, 'identity' | 'log'>,
): Promise<JobSource> {
  const connection = connectToApi(place, (reason, pauseSeconds) => {
    log.warn({ reason, pauseSeconds }, 'the API is away; asked again after a pause');
  });
  const { id, name, device, onGpu, slots, versions } = identity;
  const engine = enumName(identity.engine) as 'WASM';
  const trainer = { id, name, engine, device, onGpu, slots, versions };
  const files = apiFiles(connection);
  const introduce = async (send: ApiConnection['once'], isDiskFull = false) => {
    const { introduceTrainer } = await send(IntroduceTrainerDocument, {
      trainer: { ...trainer, isDiskFull },
    });
    checkVersion(introduceTrainer.serverVersion);
  };
  // A machine may be up before its network.
  await introduce(connection.request);
  return {
    files,
    introduce: ({ isDiskFull }) => introduce(connection.once, isDiskFull),
    async take() {
      // Once: a job that is taken by a request whose answer is lost goes to another by its heartbeat.
      const taken = (await connection.once(TakeJobDocument, { trainer })).takeJob;
      return taken && takenJob(taken, connection, files);
    },
    isAway: (error) => error instanceof ClientError && error.code === 'UNREACHABLE',
    proveReady: () => introduce(connection.once),
    close: () => connection.close(),
  };
}

/** @throws DomainError FORBIDDEN when what the server tells and takes may be something else */
function checkVersion(server: string): void {
  const own = projectVersion();
  if (seriesOf(server) === seriesOf(own)) return;
  throw new DomainError(
    'FORBIDDEN',
    `The server is Blockwise ${server}, this trainer ${own}: one of them has to be updated.`,
  );
}

/** Versions that understand each other: of one major version, before 1.0 of one minor version. */
function seriesOf(version: string): string {
  const [major = '', minor = ''] = version.split('.');
  return major === '0' ? `0.${minor}` : major;
}
