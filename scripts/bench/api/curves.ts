import { spawn } from 'node:child_process';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { type PackedCurve, unpackCurve } from '../../../packages/client/src/unpack-curve.ts';
import type { Measured } from '../figures.ts';
import { ask, globalId } from './ask.ts';
import { curveKeys, jobCount, pointsOfCurve, type Seeded, spike, spikeStep } from './seed.ts';
import type { BenchApi } from './server.ts';

/** The curves as they are, or thinned to 2,000 points by extremes. */
export type CurveSize = 'whole' | 'thinned';

const query = `query ($jobs: [ID!]!, $keys: [String!]!, $sampling: Sampling!) {
  curves(jobs: $jobs, keys: $keys, sampling: $sampling, maxPoints: 2000) {
    packed { count steps values wallTimes } } }`;

/** @throws Error when points or spikes are missing */
export async function measureCurves(
  api: BenchApi,
  { jobIds }: Seeded,
  size: CurveSize,
  runs: number,
): Promise<Measured> {
  const times: number[] = [];
  let points = 0;
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    const { data } = await ask<{ curves: { packed: PackedCurve }[] }>(
      api,
      query,
      variablesOf(jobIds, size),
    );
    const curves = data.curves.map(({ packed }) => unpackCurve(packed));
    times.push(performance.now() - start);
    points = curves.reduce((sum, { steps }) => sum + steps.length, 0);
    for (const [i, { steps, values }] of curves.entries()) {
      const at = steps.indexOf(spikeStep(Math.floor(i / curveKeys.length)));
      if (values[at] !== spike) throw new Error(`The spike of curve ${i} is missing.`);
    }
    checkPoints(points, size);
  }
  return { times, note: `${points.toLocaleString('en')} points` };
}

/** The same by Python without any package; each run is a process, whose start does not count. */
export async function measurePython(
  api: BenchApi,
  { jobIds }: Seeded,
  size: CurveSize,
  runs: number,
): Promise<Measured> {
  const times: number[] = [];
  let points = 0;
  for (let run = 0; run < runs; run++) {
    const child = spawn(
      process.env.BLOCKWISE_PYTHON ?? 'python3',
      [path.join(import.meta.dirname, 'read_curves.py'), api.url, api.token],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    );
    const failed = new Promise<never>((_, reject) => child.once('error', reject));
    child.stdin.on('error', () => undefined);
    child.stdin.end(JSON.stringify({ query, variables: variablesOf(jobIds, size) }));
    const answer = JSON.parse(await Promise.race([text(child.stdout), failed]));
    ({ points } = answer);
    if (answer.greatest !== spike) throw new Error('Spikes are missing.');
    checkPoints(points, size);
    times.push(answer.ms);
  }
  return { times, note: `${points.toLocaleString('en')} points` };
}

function variablesOf(jobIds: readonly string[], size: CurveSize) {
  return {
    jobs: jobIds.map((id) => globalId('Job', id)),
    keys: curveKeys,
    sampling: size === 'whole' ? 'NONE' : 'MIN_MAX',
  };
}

function checkPoints(points: number, size: CurveSize): void {
  const curves = jobCount * curveKeys.length;
  const isRight =
    size === 'whole' ? points === curves * pointsOfCurve : points > 0 && points <= curves * 2000;
  if (!isRight) throw new Error(`${points} points were answered.`);
}
