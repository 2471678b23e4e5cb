import assert from 'node:assert/strict';
import type { Data, Variables } from './caller.ts';
import { type Case, Skip } from './case.ts';
import { expectRefusal } from './operation-cases.ts';
import type { World } from './world.ts';

/** A query that answers a connection, or an object with one. */
export interface PagedField {
  readonly name: `${'Query' | 'Queue' | 'Search'}.${string}`;
  /** Names of the fields that lead to the connection; the name's own if not given. */
  readonly at?: readonly string[];
  /** Has the variables `$first` and `$after`, and asks for a field by which rows differ. */
  readonly document: string;
  readonly variables?: (world: World) => Variables | Promise<Variables>;
  /** What of a row no other row has; its id if not given. */
  readonly key?: (node: Data) => string;
}

/** What a walk may read at most: a server of years has long lists. */
const mostPages = 40;
const page = 'totalCount pageInfo { hasNextPage endCursor } edges { cursor }';

export const pagedFields: readonly PagedField[] = [
  {
    name: 'Query.searches',
    document: `query ($first: Int, $after: String) {
      searches(first: $first, after: $after) { ${page} nodes { id } }
    }`,
  },
  {
    name: 'Query.candidates',
    document: `query ($cell: ID!, $first: Int, $after: String) {
      candidates(cell: $cell, orderBy: { field: LOSS }, first: $first, after: $after) {
        ${page} nodes { path }
      }
    }`,
    variables: (world) => ({ cell: world.finished().cell.id }),
    key: ({ path }) => path,
  },
  {
    name: 'Query.searchSpaces',
    document: `query ($first: Int, $after: String) {
      searchSpaces(first: $first, after: $after) { ${page} nodes { id } }
    }`,
  },
  {
    name: 'Query.datasets',
    document: `query ($first: Int, $after: String) {
      datasets(first: $first, after: $after) { ${page} nodes { id } }
    }`,
  },
  {
    name: 'Query.teachers',
    document: `query ($first: Int, $after: String) {
      teachers(first: $first, after: $after) { ${page} nodes { id } }
    }`,
  },
  {
    name: 'Query.trainers',
    document: `query ($first: Int, $after: String) {
      trainers(first: $first, after: $after) { ${page} nodes { id } }
    }`,
  },
  {
    name: 'Queue.jobs',
    at: ['queue', 'jobs'],
    document: `query ($first: Int, $after: String) {
      queue { jobs(first: $first, after: $after) { ${page} nodes { id } } }
    }`,
  },
  {
    name: 'Query.leaderboards',
    document: `query ($first: Int, $after: String) {
      leaderboards(first: $first, after: $after) { ${page} nodes { id } }
    }`,
  },
  {
    name: 'Query.teams',
    document: `query ($first: Int, $after: String) {
      teams(first: $first, after: $after) { ${page} nodes { id } }
    }`,
  },
  {
    name: 'Query.webhooks',
    document: `query ($team: ID, $first: Int, $after: String) {
      webhooks(team: $team, first: $first, after: $after) { ${page} nodes { id } }
    }`,
    variables: ({ team }) => ({ team }),
  },
  {
    name: 'Query.auditLog',
    document: `query ($first: Int, $after: String) {
      auditLog(first: $first, after: $after) { ${page} nodes { id } }
    }`,
    variables(world) {
      if (!world.user.isOperator) throw new Skip('the token is not of who runs the server');
      return {};
    },
  },
  ofSearch('audits'),
  ofSearch('jobs'),
  ofSearch('latencyTables'),
  ofSearch('networks'),
];

/** A list of the finished search. */
function ofSearch(list: string): PagedField {
  return {
    name: `Search.${list}`,
    at: ['search', list],
    document: `query ($id: ID!, $first: Int, $after: String) {
      search(id: $id) { ${list}(first: $first, after: $after) { ${page} nodes { id } } }
    }`,
    variables: (world) => ({ id: world.finished().id }),
  };
}

export function pagingCases(fields: readonly PagedField[]): Case[] {
  return fields.flatMap(casesOf);
}

function casesOf(field: PagedField): Case[] {
  const { name, document, variables, key = ({ id }: Data) => id } = field;
  const at = field.at ?? [name.slice('Query.'.length)];
  const given = async (world: World) => (await variables?.(world)) ?? {};
  return [
    {
      name: `${name}: pages lead to the end, nothing twice and nothing missed`,
      async run(world) {
        const fixed = await given(world);
        const read = async (first: number, after: string | null): Promise<Data> => {
          const answer: Data = await world.owner.ask(document, { ...fixed, first, after });
          return at.reduce((inside, step) => inside[step], answer);
        };
        const { totalCount } = await read(1, null);
        const first = Math.min(100, Math.max(1, Math.ceil(totalCount / 5)));
        const keys: string[] = [];
        let after: string | null = null;
        for (let pages = 1; ; pages += 1) {
          const { nodes, edges, pageInfo } = await read(first, after);
          assert.ok(
            nodes.length <= first && edges.length === nodes.length,
            'no more than asked for',
          );
          keys.push(...nodes.map(key));
          assert.equal(
            pageInfo.endCursor,
            edges.at(-1)?.cursor ?? null,
            'the cursor of the last row',
          );
          after = pageInfo.endCursor;
          if (!pageInfo.hasNextPage) {
            // Rows may come and go while a list of a busy server is read.
            assert.ok(Math.abs(keys.length - totalCount) <= 5, `${keys.length} of ${totalCount}`);
            break;
          }
          assert.equal(nodes.length, first, 'only the last page is short');
          if (pages === mostPages) break;
        }
        assert.equal(new Set(keys).size, keys.length, 'nothing twice');
        if (after !== null && keys.length === totalCount) {
          assert.deepEqual((await read(1, after)).nodes, [], 'nothing after the end');
        }
      },
    },
    ...[0, 101].map((first) => ({
      name: `${name}: BAD_INPUT for a page of ${first}`,
      async run(world: World) {
        const error = await world.owner.refused(document, { ...(await given(world)), first });
        expectRefusal(error, 'BAD_INPUT');
        assert.deepEqual(error.extensions?.path, ['first']);
      },
    })),
    {
      name: `${name}: BAD_INPUT for what is no cursor`,
      async run(world) {
        const after = 'no cursor';
        const error = await world.owner.refused(document, { ...(await given(world)), after });
        expectRefusal(error, 'BAD_INPUT');
      },
    },
  ];
}
