export const exampleLanguages = ['curl', 'python', 'typescript'] as const;
export type ExampleLanguage = (typeof exampleLanguages)[number];

/** Examples to copy, which ask the endpoint at `url` and take the token from the environment. */
export function exampleOf(language: ExampleLanguage, url: string): string {
  switch (language) {
    case 'curl':
      return `curl ${url} \\
  -H "authorization: Bearer $BLOCKWISE_TOKEN" \\
  -H 'content-type: application/json' \\
  -d '{"query": "{ searches(first: 5) { nodes { id name state } } }"}'`;
    case 'python':
      return `from blockwise import Client

blockwise = Client("${url}")  # the token: BLOCKWISE_TOKEN

search = blockwise.start_search(spec)  # run again, it answers the same search
blockwise.wait(search)
best = blockwise.solve(search, params={"max": 1e6}, networks=1)
print(best.to_dataframe())`;
    case 'typescript':
      return `import { createClient, SolveDocument, StartSearchDocument, watchSearch } from '@blockwise/client';

const client = createClient({ url: '${url}', token: process.env.BLOCKWISE_TOKEN });

const input = { spec, idempotencyKey: 'first' };
const { startSearch } = await client.request(StartSearchDocument, { input });
for await (const event of watchSearch(client, startSearch.id)) console.log(event.kind, event.at);

const constraints = { params: { max: 1e6 } };
const { solve } = await client.request(SolveDocument, { search: startSearch.id, constraints });
await client.close();`;
    default:
      return language satisfies never;
  }
}
