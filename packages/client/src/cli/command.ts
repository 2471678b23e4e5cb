import type { Client } from '../client.ts';
import type { Flags, Values } from './flag.ts';

/** What a command works with. */
export interface CommandContext {
  readonly client: Client;
  /** Gets the output, line by line. */
  print(line: string): void;
}

/** One word of the command line. */
export interface Command {
  readonly name: string;
  /** Names of what stands behind the command; one in brackets may be left out. */
  readonly operands: readonly string[];
  readonly told: string;
  readonly flags: Flags;
  /** Answers the exit status. */
  run(
    context: CommandContext,
    operands: readonly string[],
    values: Readonly<Record<string, unknown>>,
  ): Promise<number>;
}

/** A command whose `run` knows the types of its flags and that its operands are there. */
export function defineCommand<const Given extends Flags>(
  definition: Omit<Command, 'flags' | 'run'> & {
    readonly flags: Given;
    run(
      context: CommandContext,
      values: Values<Given>,
      ...operands: string[]
    ): Promise<number | undefined>;
  },
): Command {
  return {
    ...definition,
    // What was typed was read by the kinds of these very flags.
    run: async (context, operands, values) =>
      (await definition.run(context, values as Values<Given>, ...operands)) ?? 0,
  };
}
