import { CreateLeaderboardDocument } from '../../generated/graphql.ts';
import { defineCommand } from '../command.ts';
import { flag } from '../flag.ts';
import { UsageError } from '../usage-error.ts';

const axes = {
  params: 'PARAMS',
  macs: 'MACS',
  'flops-tool': 'FLOPS_TOOL',
  memory: 'ACTIVATION_BYTES',
  'latency-ms': 'LATENCY_MS',
} as const;

export const createBoard = defineCommand({
  name: 'create-board',
  operands: ['NAME'],
  told: 'makes a leaderboard of a data set, and prints its id',
  flags: {
    dataset: flag.text('HASH', 'of a data set that a search of the team was tested on'),
    budget: flag.choice(
      Object.keys(axes) as (keyof typeof axes)[],
      'a cost that has a maximum; --max says which',
    ),
    max: flag.number('X', 'what a network may cost at most'),
    tolerance: flag.number('X', 'by how much verified accuracy may differ (0.005)'),
    visibility: flag.choice(['private', 'team', 'public'], 'who may see it (team)'),
    description: flag.text('TEXT', 'what it is for'),
    team: flag.text('ID', 'whose it is; your only team if not given'),
  },
  async run({ client, print }, { dataset, budget, max, visibility, ...more }, name = '') {
    if (dataset === undefined) throw new UsageError('create-board takes --dataset HASH.');
    if ((budget === undefined) !== (max === undefined)) {
      throw new UsageError('--budget and --max belong together.');
    }
    const { createLeaderboard } = await client.request(CreateLeaderboardDocument, {
      input: {
        ...more,
        name,
        datasetHash: dataset,
        ...(budget && max !== undefined ? { budget: { axis: axes[budget], max } } : {}),
        ...(visibility ? { visibility: visibilities[visibility] } : {}),
      },
    });
    print(createLeaderboard.id);
    return 0;
  },
});

const visibilities = { private: 'PRIVATE', team: 'TEAM', public: 'PUBLIC' } as const;
