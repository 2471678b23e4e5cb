import { searchSpec } from '@blockwise/contracts';
import type { NormalisationChoice, TeacherOriginRow } from '@blockwise/db';
import { type LatencyTable, spaceOf } from '@blockwise/dna';
import type { Taken } from './api-source.ts';
import type { JobInputs } from './job-source.ts';
import { teacherKindOf } from './teacher-kind.ts';
import { toldPathIndex } from './told-path.ts';

/** What a job needs to know besides, of which the API told all when the job was taken. */
export function apiInputs(taken: Taken): JobInputs {
  const spec = searchSpec.parse(taken.search.spec);
  return {
    normalisation: async () => taken.normalisation as NormalisationChoice,
    origin: async () => originOf(taken.origin),
    cells: async () =>
      taken.cells.map(({ block, cell, sha256 }) => ({ block, index: cell, sha256 })),
    async pools() {
      const space = spaceOf(spec.space);
      return Array.from({ length: taken.cell?.block ?? 0 }, (_, before) =>
        taken.earlierPaths
          .filter(({ block }) => block === before)
          .map(({ block, cell, path }) => ({
            cell,
            index: toldPathIndex(space, { block, cell }, path),
          })),
      );
    },
    ratings: async () =>
      taken.ratings.map(({ block, cell, losses }) => ({
        ...{ block, cell, losses: Float64Array.from(losses) },
      })),
    async latency() {
      const milliseconds = taken.latency as LatencyTable['milliseconds'] | null;
      if (milliseconds === null || spec.latency === null) return null;
      const { engine, batch } = spec.latency;
      return { engine: engine ?? 'the engine', device: 'the device', batch, milliseconds };
    },
    lineage: async () => taken.lineage as Awaited<ReturnType<JobInputs['lineage']>>,
  };
}

function originOf(origin: Taken['origin']): TeacherOriginRow | null {
  if (origin === null) return null;
  const { architecture, weights, kind, params, macs, cuts } = origin;
  if (params === null) return { from: 'network', architecture, weights };
  return (
    weights && {
      from: 'search',
      kind: teacherKindOf(kind),
      params: Number(params),
      macs: macs === null ? null : Number(macs),
      cuts,
      weights,
    }
  );
}
