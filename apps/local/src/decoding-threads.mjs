// JavaScript, because the bootstrap starts a single trainer with it too.
import { availableParallelism } from 'node:os';

/** Threads of a Node that is told nothing. */
const nodesOwn = 4;

/**
 * What a trainer's environment needs beside. Node decodes images on a pool of four threads, whose
 * size is read when a process starts: a machine with more cores gets one for each. Whoever has set
 * it means it.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {number} [cores]
 * @returns {Record<string, string>}
 */
export function decodingThreads({ UV_THREADPOOL_SIZE }, cores = availableParallelism()) {
  if (UV_THREADPOOL_SIZE !== undefined || cores <= nodesOwn) return {};
  return { UV_THREADPOOL_SIZE: String(cores) };
}
