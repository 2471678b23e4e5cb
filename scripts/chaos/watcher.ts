import { type Client, watchSearch } from '../../packages/client/src/index.ts';

/** What somebody has seen who followed a search through the API from its start to its end. */
export interface Watched {
  readonly cursors: readonly string[];
  /** How often the connection had to be made again. */
  readonly lost: number;
}

const giveUpAfterSeconds = 120;

/** Follows a search until it has ended. */
export async function watchToTheEnd(client: Client, search: string): Promise<Watched> {
  const cursors: string[] = [];
  let lost = 0;
  const onLost = () => {
    lost += 1;
  };
  for await (const event of watchSearch(client, search, { onLost, giveUpAfterSeconds })) {
    cursors.push(event.cursor);
  }
  return { cursors, lost };
}
