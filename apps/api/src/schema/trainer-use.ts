import { DomainError } from '@blockwise/contracts';
import { trainerUse } from '@blockwise/db';
import { builder } from './builder.ts';
import { TeamObject } from './refs.ts';

/** More than a year of days. */
const maxParts = 400;

interface TeamUse {
  readonly teamId: string;
  /** One number a part. */
  readonly seconds: number[];
  readonly gpuSeconds: number[];
}

const TeamUseObject = builder.objectRef<TeamUse>('TeamUse').implement({
  description: "What slots of trainers spent on a team's searches.",
  fields: (t) => ({
    team: t.field({
      type: TeamObject,
      description: 'The team.',
      resolve: ({ teamId }, _args, { loaders }) => loaders.requireTeam(teamId),
    }),
    seconds: t.floatList({
      description:
        'Seconds of slots in each part, on GPUs or not: all attempts at all jobs, lost and repeated ' +
        'work included, those under way up to now.',
      resolve: ({ seconds }) => seconds,
    }),
    secondsOnGpu: t.floatList({
      description: 'Those of them that were spent on a GPU, in each part.',
      resolve: ({ gpuSeconds }) => gpuSeconds,
    }),
  }),
});

builder.queryField('trainerUse', (t) =>
  t.field({
    type: [TeamUseObject],
    description:
      'What trainers did for your teams (for all teams, if you run the server) in a time, cut into ' +
      'parts: days, for example, in your own time zone. Those with the most first; teams for which ' +
      'they did nothing are left out.',
    args: {
      bounds: t.arg({
        type: ['DateTime'],
        required: true,
        description:
          `Where parts begin and end, ascending: 2 moments for the whole of a time, up to ${maxParts + 1} ` +
          `for ${maxParts} parts.`,
      }),
    },
    resolve: async (_root, { bounds }, { database, viewer: { principal, reader } }) => {
      checkBounds(bounds);
      const teamIds = principal?.isOperator === true ? null : reader.teamIds;
      const teams = new Map<string, TeamUse>();
      for (const { teamId, part, seconds, gpuSeconds } of await trainerUse(
        database,
        bounds,
        teamIds,
      )) {
        const zeros = () => new Array<number>(bounds.length - 1).fill(0);
        const use = teams.get(teamId) ?? { teamId, seconds: zeros(), gpuSeconds: zeros() };
        use.seconds[part] = seconds;
        use.gpuSeconds[part] = gpuSeconds;
        teams.set(teamId, use);
      }
      return [...teams.values()].sort((a, b) => total(b) - total(a));
    },
  }),
);

/** @throws DomainError BAD_INPUT, path ['bounds'] */
function checkBounds(bounds: readonly Date[]): void {
  const isAscending = bounds.every((at, i) => i === 0 || at > (bounds[i - 1] as Date));
  if (bounds.length >= 2 && bounds.length <= maxParts + 1 && isAscending) return;
  throw new DomainError(
    'BAD_INPUT',
    `bounds must be 2 to ${maxParts + 1} moments, each after the one before.`,
    { path: ['bounds'] },
  );
}

function total({ seconds }: TeamUse): number {
  return seconds.reduce((sum, each) => sum + each, 0);
}
