import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { presets, type SearchSpecInput, searchSpec } from '@blockwise/contracts';
import { type Client, createClient } from '../client.ts';
import { ClientError } from '../client-error.ts';
import {
  CancelSearchDocument,
  SearchDetailDocument,
  StartSearchDocument,
} from '../generated/graphql.ts';
import { toSearchSpecInput } from '../search-spec-input.ts';
import { watchSearch } from '../watch-search.ts';
import { eventLine } from './event-line.ts';
import { exportCsv, exportJson } from './export.ts';
import { type Invocation, type Source, UsageError, usage } from './flags.ts';

/**
 * Runs one command.
 *
 * @param print gets the output, line by line
 * @returns exit status: 1 when a watched search ends otherwise than complete
 * @throws UsageError, ClientError
 */
export async function runCommand(
  { url, command }: Invocation,
  print: (line: string) => void,
): Promise<number> {
  const client = createClient({ url });
  try {
    switch (command.name) {
      case 'help':
        print(usage);
        return 0;
      case 'start': {
        const spec = await readSpec(command.source);
        const named =
          command.searchName === undefined ? spec : { ...spec, name: command.searchName };
        const input = { spec: toSearchSpecInput(named) };
        const { startSearch } = await client.request(StartSearchDocument, { input });
        print(startSearch.id);
        return command.watch ? await watch(client, startSearch.id, print) : 0;
      }
      case 'watch':
        return await watch(client, command.id, print);
      case 'export': {
        const search = await readSearch(client, command.id);
        print(command.format === 'json' ? exportJson(search) : exportCsv(search));
        return 0;
      }
      case 'cancel': {
        const input = { search: command.id };
        const { cancelSearch } = await client.request(CancelSearchDocument, { input });
        print(cancelSearch.state);
        return 0;
      }
      default:
        return command satisfies never;
    }
  } finally {
    await client.close();
  }
}

async function watch(client: Client, id: string, print: (line: string) => void): Promise<number> {
  for await (const event of watchSearch(client, id)) {
    const line = eventLine(event);
    if (line !== undefined) print(line);
  }
  const { state } = await readSearch(client, id);
  return state === 'COMPLETE' ? 0 : 1;
}

async function readSearch(client: Client, id: string) {
  const { search } = await client.request(SearchDetailDocument, { id });
  if (!search) throw new ClientError('NOT_FOUND', `There is no search ${id}.`);
  return search;
}

async function readSpec(source: Source): Promise<SearchSpecInput> {
  if (source.kind === 'preset') {
    // The trainers read the folder; a relative one means nothing to them.
    return source.preset === 'demo' ? presets.demo() : presets.cifar10(path.resolve(source.data));
  }
  const parsed = searchSpec.safeParse(await readJson(source.file));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UsageError(`${source.file}: ${issue?.path.join('.')}: ${issue?.message}.`);
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new UsageError(`${file} cannot be read: ${reason}`, { cause: error });
  }
}
