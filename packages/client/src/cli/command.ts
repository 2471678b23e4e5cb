import type { Client } from '../client.ts';
import type { Flags, Values } from './flag.ts';

/** What a command works with. */
export interface CommandContext {
  readonly client: Client;
  /** Gets the output, line by line. */
  print(line: string): void;
  /** All flags that were given, those of `moreFlags` too. */
  readonly given: Readonly<Record<string, unknown>>;
}

/** One word of the command line. */
export interface Command {
  readonly name: string;
  /** Names of what stands behind the command; one in brackets may be left out. */
  readonly operands: readonly string[];
  readonly told: string;
  readonly flags: Flags;
  /** Answers the exit status. */
  run(context: CommandContext, operands: readonly string[]): Promise<number>;
}

interface Definition<Given extends Flags> extends Omit<Command, 'flags' | 'run'> {
  readonly flags: Given;
  /** Flags that several commands share and one reader reads. */
  readonly moreFlags?: readonly Flags[];
  /** Answers the exit status. */
  run(context: CommandContext, values: Values<Given>, ...operands: string[]): Promise<number>;
}

/** A command whose `run` knows the types of its flags and that its operands are there. */
export function defineCommand<const Given extends Flags>({
  flags,
  moreFlags = [],
  run,
  ...command
}: Definition<Given>): Command {
  return {
    ...command,
    flags: Object.assign({}, flags, ...moreFlags),
    // What was typed was read by the kinds of these very flags.
    run: (context, operands) => run(context, context.given as Values<Given>, ...operands),
  };
}
