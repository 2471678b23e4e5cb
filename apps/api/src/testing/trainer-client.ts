import { createHash } from 'node:crypto';
import { createToken, ensureOwner } from '@blockwise/db';
import type { Caller, Data, TestApi } from './test-api.ts';

/** A trainer that knows nothing but the API's address and its token. */
export interface TrainerClient extends Caller {
  readonly token: string;
  /** What `takeJob` answers. */
  take(kinds?: readonly string[]): Promise<Data>;
  /** Answers the status, and the SHA-256 under which it was stored. */
  upload(content: string, sha256?: string): Promise<{ status: number; sha256: string }>;
  /** Status and body. */
  download(sha256: string): Promise<{ status: number; body: string }>;
  /** Completes a taken job. */
  complete(taken: Data, result: object): Promise<Data>;
}

export const takeJob = `mutation ($input: TakeJobInput!) { takeJob(input: $input) {
  job attempt kind heartbeatSeconds latency
  search { id name spec } dataset { hash size classes mean } teacher { kind architecture sha256 cuts { size channels } }
  cell { id block cell candidateCount sha256 } cells { block cell sha256 } earlierPaths { block cell path loss sha256 }
  ratings { block cell losses } network { id architecture encoding } retraining { id seed training }
  trainings { architecture sha256 } export { source architecture sha256 } checkpoint { step sha256 } earlierCheckpoint { step sha256 } } }`;

export const completeJob = `mutation ($input: CompleteJobInput!) { completeJob(input: $input) {
  job attempt isCancelled } }`;

/** A token for trainers, made by who runs the server. */
export async function trainerToken({ platform }: TestApi): Promise<string> {
  const { owner } = await ensureOwner(platform.db);
  const { secret } = await createToken(platform.db, {
    userId: owner.id,
    teamId: null,
    name: 'trainer',
    scopes: ['TRAIN'],
    expiresAt: new Date(Date.now() + 3_600_000),
  });
  return secret;
}

export async function startTrainer(api: TestApi): Promise<TrainerClient> {
  const token = await trainerToken(api);
  const caller = api.as(token);
  const trainer = {
    ...{ id: 'one', name: 'Trainer by token', engine: 'WASM', device: '2 CPU slots' },
    versions: { node: '22' },
  };
  const artifact = (sha256: string) => new URL(`/artifacts/${sha256}`, api.server.url);
  const headers = { Authorization: `Bearer ${token}` };
  return {
    ...caller,
    token,
    async take(kinds) {
      return (await caller.ask(takeJob, { input: { trainer, kinds } })).takeJob;
    },
    async upload(content, sha256 = sha256Of(content)) {
      const { status } = await fetch(artifact(sha256), { method: 'PUT', headers, body: content });
      return { status, sha256 };
    },
    async download(sha256) {
      const response = await fetch(artifact(sha256), { headers });
      return { status: response.status, body: await response.text() };
    },
    async complete({ job, attempt }, result) {
      return (await caller.ask(completeJob, { input: { job, attempt, result } })).completeJob;
    },
  };
}

export function sha256Of(content: string): string {
  return createHash('sha256').update(content).digest('hex');
}
