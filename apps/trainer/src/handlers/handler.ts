import type { JobRun } from '../job-run.ts';

/**
 * Does one kind of job and writes its result down through the attempt. It may run again after a
 * crash at any point: what it stores is named by content, and the attempt's result is one transaction.
 */
export type Handler = (run: JobRun) => Promise<void>;
