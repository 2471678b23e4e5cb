import { type Database, localTeamId } from '../../../packages/db/src/index.ts';
import { specOf } from '../api/seed.ts';
import { trainerOf } from '../api/trainer.ts';

export const searchCount = 10_000;

/**
 * Ended searches as a team has them after years, with what a list tells of each: nine jobs with a run
 * of some minutes, two tested networks, tags. The same ones at each call on an empty database.
 */
export async function seedSearches({ prisma }: Database): Promise<void> {
  const trainer = trainerOf('years');
  await prisma.trainer.create({
    data: { id: trainer.id, name: trainer.name, engine: trainer.engine, device: trainer.device },
  });
  await prisma.$executeRaw`
    INSERT INTO search (id, team_id, name, tags, state, spec, seed, space_size, created_at, started_at,
      finished_at, failure_code, failure_message)
    SELECT gen_random_uuid(), ${localTeamId}::uuid, 'search ' || i,
      CASE i % 3 WHEN 0 THEN '{}' WHEN 1 THEN '{phone}' ELSE '{phone,baseline}' END::text[],
      CASE i % 10 WHEN 3 THEN 'FAILED' WHEN 7 THEN 'CANCELLED' ELSE 'COMPLETE' END::search_state,
      ${JSON.stringify(specOf('search'))}::jsonb, i, '6469632', at, at, at + interval '1 hour',
      CASE i % 10 WHEN 3 THEN 'DIVERGED' END, CASE i % 10 WHEN 3 THEN 'The loss is not finite.' END
    FROM generate_series(1, ${searchCount}::int) AS i,
      LATERAL (SELECT timestamptz '2024-01-01' + i * interval '97 minutes' AS at) AS begun`;
  await prisma.$executeRaw`
    INSERT INTO network (id, search_id, origin, rank, architecture, choices, loss, params, macs,
      flops_tool, top1, tested_at)
    SELECT gen_random_uuid(), id, 'SOLVED', rank, 'network', '[]', 0.1 * rank, 262594, 7654321, 8000000,
      CASE WHEN state = 'COMPLETE' THEN 0.6 + (seed * 7919 % 1000) / 4000.0 - 0.01 * rank END, finished_at
    FROM search, generate_series(1, 2) AS rank WHERE name LIKE 'search %'`;
  await prisma.$executeRaw`
    INSERT INTO job (id, search_id, kind, state, attempt, queue_job_id, started_at, finished_at)
    SELECT gen_random_uuid(), id, (ARRAY['teacher', 'distil', 'rate', 'distil', 'rate', 'distil', 'rate',
      'solve', 'retrain'])[nr]::phase, 'COMPLETE', 1, gen_random_uuid(), started_at, finished_at
    FROM search, generate_series(1, 9) AS nr WHERE name LIKE 'search %'`;
  await prisma.$executeRaw`
    INSERT INTO run (job_id, attempt, trainer_id, engine, device, on_gpu, versions, state, started_at,
      finished_at)
    SELECT job.id, 1, ${trainer.id}, ${trainer.engine}, ${trainer.device}, false, '{}', 'COMPLETE',
      job.started_at, job.started_at + interval '6 minutes'
    FROM job JOIN search ON search.id = job.search_id WHERE search.name LIKE 'search %'`;
  await prisma.$executeRawUnsafe('ANALYZE');
}
