import {
  type CandidateOrderField,
  CandidatesDocument,
  type CandidatesQuery,
} from '../../generated/graphql.ts';
import { defineCommand } from '../command.ts';
import { flag } from '../flag.ts';
import { type Column, formatFlag, showRows } from '../rows.ts';

type Candidate = CandidatesQuery['candidates']['nodes'][number];

const orders = {
  loss: 'LOSS',
  kl: 'KL',
  top1: 'TOP1',
  params: 'PARAMS',
  macs: 'MACS',
  path: 'PATH',
} as const satisfies Record<string, CandidateOrderField>;

const columns: readonly Column<Candidate>[] = [
  { key: 'rank', of: ({ rank }) => rank },
  { key: 'path', of: ({ path }) => path },
  { key: 'loss', of: ({ loss }) => loss },
  { key: 'low', of: ({ loss, error }) => (error === null ? null : loss - error) },
  { key: 'high', of: ({ loss, error }) => (error === null ? null : loss + error) },
  { key: 'kl', of: ({ kl }) => kl },
  { key: 'top1', of: ({ top1 }) => top1 },
  { key: 'params', of: ({ params }) => params },
  { key: 'macs', of: ({ macs }) => macs },
  { key: 'flopsTool', of: ({ flopsTool }) => flopsTool },
  { key: 'activationBytes', of: ({ activationBytes }) => activationBytes },
  { key: 'layers', of: ({ layers }) => layers.join(' ') },
];

export const candidates = defineCommand({
  name: 'candidates',
  operands: ['CELL'],
  told: 'rated paths of a cell, with the 95% intervals of their losses, a page at a time',
  flags: {
    sort: flag.choice(
      ['loss', 'kl', 'top1', 'params', 'macs', 'path'],
      'by what (loss); by kl and top1 only paths that have one',
    ),
    descending: flag.on('greatest first'),
    first: flag.whole('N', 'how many, 1 to 100 (50)'),
    after: flag.text('CURSOR', 'the page after this one, as the page before ends with'),
    ...formatFlag,
  },
  async run({ client, print }, { sort = 'loss', descending, first, after, format }, cell = '') {
    const { candidates: page } = await client.request(CandidatesDocument, {
      cell,
      orderBy: { field: orders[sort], direction: descending ? 'DESC' : 'ASC' },
      first: first ?? 50,
      after,
    });
    print(showRows(page.nodes, columns, format, page));
    const { hasNextPage, endCursor } = page.pageInfo;
    if (hasNextPage && format !== 'csv' && format !== 'json') {
      print(`${page.nodes.length} of ${page.totalCount}; go on with --after ${endCursor}`);
    }
    return 0;
  },
});
