import { parseArgs } from 'node:util';

export const usage = `npm run --silent blockwise -- COMMAND [flags]

  start --preset demo|cifar10 [--data FOLDER] [--name NAME] [--watch]
  start --spec FILE [--watch]        FILE is a search specification as JSON
  watch ID                           events of a search, a line each, until it ends
  export ID [--format json|csv]      a search with its cells and networks; csv: the networks
  cancel ID

  --url URL   GraphQL endpoint (default BLOCKWISE_URL or http://127.0.0.1:4000/graphql)`;

export type Source =
  | { kind: 'preset'; preset: 'demo' }
  | { kind: 'preset'; preset: 'cifar10'; data: string }
  | { kind: 'file'; file: string };

export type Command =
  | { name: 'help' }
  | { name: 'start'; source: Source; searchName: string | undefined; watch: boolean }
  | { name: 'watch'; id: string }
  | { name: 'export'; id: string; format: 'json' | 'csv' }
  | { name: 'cancel'; id: string };

export interface Invocation {
  readonly url: string;
  readonly command: Command;
}

/** A command line that makes no sense; the message is one line for the person who typed it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** @throws UsageError */
export function readInvocation(args: readonly string[], env: NodeJS.ProcessEnv): Invocation {
  const { values, positionals } = parse(args);
  const [name, ...operands] = positionals;
  return {
    url: values.url ?? env.BLOCKWISE_URL ?? 'http://127.0.0.1:4000/graphql',
    command: values.help ? { name: 'help' } : readCommand(name, operands, values),
  };
}

type Values = ReturnType<typeof parse>['values'];

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        url: { type: 'string' },
        preset: { type: 'string' },
        data: { type: 'string' },
        spec: { type: 'string' },
        name: { type: 'string' },
        format: { type: 'string' },
        watch: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? (error.message.split('. ')[0] ?? '') : '', {
      cause: error,
    });
  }
}

function readCommand(name: string | undefined, operands: string[], values: Values): Command {
  switch (name) {
    case 'start':
      if (operands.length > 0) throw new UsageError(`start takes no ${operands[0]}.`);
      return {
        name,
        source: readSource(values),
        searchName: values.name,
        watch: values.watch ?? false,
      };
    case 'watch':
    case 'cancel':
      return { name, id: onlyId(name, operands) };
    case 'export': {
      const format = values.format ?? 'json';
      if (format !== 'json' && format !== 'csv') {
        throw new UsageError(`--format is json or csv, not ${format}.`);
      }
      return { name, id: onlyId(name, operands), format };
    }
    case undefined:
      return { name: 'help' };
    default:
      throw new UsageError(`There is no command ${name}; --help lists them.`);
  }
}

function readSource({ preset, data, spec }: Values): Source {
  if (spec !== undefined && preset !== undefined) {
    throw new UsageError('start takes --spec or --preset, not both.');
  }
  if (spec !== undefined) return { kind: 'file', file: spec };
  switch (preset) {
    case 'demo':
      return { kind: 'preset', preset };
    case 'cifar10':
      if (data === undefined) throw new UsageError('--preset cifar10 needs --data FOLDER.');
      return { kind: 'preset', preset, data };
    case undefined:
      throw new UsageError('start needs --preset demo|cifar10 or --spec FILE.');
    default:
      throw new UsageError(`--preset is demo or cifar10, not ${preset}.`);
  }
}

function onlyId(name: string, operands: string[]): string {
  const [id, ...more] = operands;
  if (id === undefined || more.length > 0)
    throw new UsageError(`${name} takes the id of a search.`);
  return id;
}
