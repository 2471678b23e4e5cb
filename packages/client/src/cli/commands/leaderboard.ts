import { LeaderboardDocument, type LeaderboardQuery } from '../../generated/graphql.ts';
import { defineCommand } from '../command.ts';
import { flag } from '../flag.ts';
import { type Column, formatFlag, showRows } from '../rows.ts';
import { trainingColumns } from '../training-columns.ts';

type Entry = LeaderboardQuery['leaderboard']['nodes'][number];

const columns: readonly Column<Entry>[] = [
  { key: 'rank', of: ({ rank }) => rank },
  { key: 'top1', of: ({ top1 }) => top1 },
  { key: 'top1Deviation', of: ({ top1Deviation }) => top1Deviation },
  { key: 'teacherTop1', of: ({ teacherTop1 }) => teacherTop1 },
  { key: 'params', of: ({ params }) => params },
  { key: 'macs', of: ({ macs }) => macs },
  ...trainingColumns.map(({ key, of }): Column<Entry> => {
    return {
      key,
      of: ({ params, macs, network: { retrainings } }) => of({ params, macs, retrainings }),
    };
  }),
  { key: 'dataset', of: ({ datasetKind, datasetHash }) => `${datasetKind} ${datasetHash}` },
  { key: 'search', of: ({ search }) => search.name },
  { key: 'network', of: ({ network }) => network.id },
  { key: 'architecture', of: ({ network }) => network.architecture },
];

export const leaderboard = defineCommand({
  name: 'leaderboard',
  operands: [],
  told: 'tested networks of all searches, the most accurate first, and how they were trained',
  flags: {
    first: flag.whole('N', 'how many, 1 to 100 (20)'),
    after: flag.text('CURSOR', 'the page after this one (json tells it)'),
    ...formatFlag,
  },
  async run({ client, print }, { first, after, format }) {
    const { leaderboard: page } = await client.request(LeaderboardDocument, {
      first: first ?? 20,
      after,
    });
    print(showRows(page.nodes, columns, format, page));
    return 0;
  },
});
