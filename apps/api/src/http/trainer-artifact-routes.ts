import { DomainError } from '@blockwise/contracts';
import { holdsJob, mayReadArtifact, recordUpload } from '@blockwise/db';
import { fromNodeHeaders } from 'better-auth/node';
import { type Request, type Response, Router } from 'express';
import type { Log } from '../log.ts';
import type { Resources } from '../resources.ts';
import type { SignIn } from '../sign-in/sign-in.ts';
import { trainerToken } from '../training/trainer-token.ts';
import { refuse } from './refusal.ts';
import { sendArtifact } from './send-artifact.ts';

const root = '/artifacts';
const hash = /^[0-9a-f]{64}$/;

export interface TrainerArtifacts extends Pick<Resources, 'database' | 'artifacts'> {
  readonly signIn: Pick<SignIn, 'viewerOf'>;
  /** Of one artifact, at most. */
  readonly maxBytes: number;
  readonly log: Log;
}

/**
 * `/artifacts/<sha256>` for trainers, by their tokens: PUT stores a file while the token holds a job,
 * GET answers what the jobs that it holds work with. A GET without such a token is somebody else's.
 */
export function createTrainerArtifactRoutes({
  database,
  artifacts,
  signIn,
  maxBytes,
  log,
}: TrainerArtifacts): Router {
  const routes = Router();
  routes.put(`${root}/:sha256`, async (request, response) => {
    const tokenId = await tokenOf(request, signIn);
    if (tokenId === null) {
      refuse(response, 403, 'This takes a token with the scope TRAIN.', 'FORBIDDEN');
      return;
    }
    const { sha256 } = request.params;
    if (!hash.test(sha256)) {
      refuse(response, 400, 'An artifact is named by 64 lower-case hex digits.');
      return;
    }
    if (!(await holdsJob(database, tokenId))) {
      refuse(response, 409, 'The token holds no job.', 'CONFLICT');
      return;
    }
    if (Number(request.headers['content-length'] ?? 0) > maxBytes) {
      refuseUnread(response, 413, `An artifact has ${maxBytes} bytes at most.`);
      return;
    }
    try {
      const stored = await artifacts.putStream(request, { sha256, maxBytes });
      await recordUpload(database, tokenId, stored);
      response.status(201).json(stored);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      refuseUnread(response, 400, error.message);
    }
  });
  routes.get(`${root}/:sha256`, async (request, response, next) => {
    const tokenId = await tokenOf(request, signIn);
    if (tokenId === null) {
      next();
      return;
    }
    const { sha256 } = request.params;
    if (!hash.test(sha256) || !(await mayReadArtifact(database, tokenId, sha256))) {
      refuse(response, 403, 'No job that the token holds works with this artifact.', 'FORBIDDEN');
      return;
    }
    const headers = { 'Content-Type': 'application/octet-stream', 'Cache-Control': 'no-store' };
    await sendArtifact({ artifacts, log }, sha256, headers, response);
  });
  return routes;
}

/** A trainer's token that the request came with; null when it came with none. */
async function tokenOf(request: Request, signIn: TrainerArtifacts['signIn']) {
  const viewer = await signIn.viewerOf(fromNodeHeaders(request.headers));
  return viewer.hasScope('TRAIN') ? trainerToken(viewer) : null;
}

/** Refuses what has not been read to its end: the rest of it is not waited for. */
function refuseUnread(response: Response, status: number, message: string): void {
  response.set('Connection', 'close');
  refuse(response, status, message);
}
