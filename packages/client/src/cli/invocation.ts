import { parseArgs } from 'node:util';
import type { Command } from './command.ts';
import { type Flags, flag, readFlag } from './flag.ts';
import { localToken } from './local-token.ts';
import { UsageError } from './usage-error.ts';

export interface Invocation {
  readonly url: string;
  /** Secret of a token, where one was found. */
  readonly token: string | undefined;
  /** Absent: help, of `about` or of everything. */
  readonly command?: Command;
  readonly about?: Command;
  readonly operands: readonly string[];
  readonly given: Readonly<Record<string, unknown>>;
}

/** Flags of every command. */
export const commonFlags = {
  url: flag.text('URL', 'GraphQL endpoint (BLOCKWISE_URL, or http://127.0.0.1:4000/graphql)'),
  token: flag.text('SECRET', 'token to sign in with (BLOCKWISE_TOKEN, or what npm start left)'),
  help: flag.on('what the command takes'),
};

/** @throws UsageError */
export function readInvocation(
  commands: readonly Command[],
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Invocation {
  const name = args.find((arg) => !arg.startsWith('-'));
  const command = commands.find((each) => each.name === name);
  if (name !== undefined && command === undefined) {
    throw new UsageError(`There is no command ${name}; --help lists them.`);
  }
  const { values, positionals } = parse({ ...command?.flags, ...commonFlags }, args);
  const { url, token, help, ...own } = values;
  const operands = positionals.slice(1);
  const started = {
    url: typeof url === 'string' ? url : (env.BLOCKWISE_URL ?? 'http://127.0.0.1:4000/graphql'),
    token: typeof token === 'string' ? token : (env.BLOCKWISE_TOKEN ?? localToken(env)),
    operands,
    given: own,
  };
  if (command === undefined) return started;
  if (help === true) return { ...started, about: command };
  checkOperands(command, operands);
  return { ...started, command };
}

function parse(flags: Flags, args: readonly string[]) {
  const options = Object.entries(flags).map(
    ([name, { kind }]) =>
      [
        name,
        {
          type: kind === 'switch' ? ('boolean' as const) : ('string' as const),
          multiple: kind === 'texts',
        },
      ] as const,
  );
  const { values, positionals } = parsed(Object.fromEntries(options), args);
  const read = Object.entries(values).map(([name, typed]) => {
    const given = flags[name];
    return [name, given === undefined ? typed : readFlag(name, given, typed)] as const;
  });
  return { values: Object.fromEntries(read), positionals };
}

type Typed = string | string[] | boolean;

function parsed(
  options: Record<string, { type: 'boolean' | 'string'; multiple: boolean }>,
  args: readonly string[],
): { values: Record<string, Typed>; positionals: string[] } {
  try {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
    return { values: values as Record<string, Typed>, positionals };
  } catch (error) {
    throw new UsageError(error instanceof Error ? (error.message.split('. ')[0] ?? '') : '', {
      cause: error,
    });
  }
}

function checkOperands({ name, operands }: Command, given: readonly string[]): void {
  const needed = operands.filter((operand) => !operand.startsWith('['));
  if (given.length >= needed.length && given.length <= operands.length) return;
  const takes = operands.length === 0 ? 'nothing' : operands.join(' ');
  throw new UsageError(`${name} takes ${takes} besides its flags.`);
}
