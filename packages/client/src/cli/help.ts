import type { Command } from './command.ts';
import type { Flag, Flags } from './flag.ts';
import { commonFlags } from './invocation.ts';

const call = 'npm run --silent blockwise --';

/** All commands, a line each. */
export function overview(commands: readonly Command[]): string {
  const lines = commands.map((command) => [shape(command), command.told] as const);
  return [
    `${call} COMMAND [flags]`,
    '',
    ...columns(lines),
    '',
    'COMMAND --help lists its flags. Ids are those that the API gives.',
    '',
    ...columns(flagLines(commonFlags)),
  ].join('\n');
}

/** One command with all its flags. */
export function help(command: Command): string {
  return [
    `${call} ${shape(command)} [flags]`,
    '',
    `  ${command.told}`,
    '',
    ...columns(flagLines({ ...command.flags, ...commonFlags })),
  ].join('\n');
}

function shape({ name, operands }: Command): string {
  return [name, ...operands].join(' ');
}

function flagLines(flags: Flags): (readonly [string, string])[] {
  return Object.entries(flags).map(
    ([name, flag]) => [`--${name}${placeOf(flag)}`, flag.told] as const,
  );
}

function placeOf(flag: Flag): string {
  switch (flag.kind) {
    case 'switch':
      return '';
    case 'choice':
      return ` ${flag.words.join('|')}`;
    case 'numbers':
      return ` ${flag.value},…`;
    default:
      return ` ${flag.value}`;
  }
}

/** Two columns; a left side that is too long gets a line of its own. */
function columns(lines: readonly (readonly [string, string])[]): string[] {
  const width = 28;
  return lines.map(([left, right]) =>
    left.length > width
      ? `  ${left}\n  ${' '.repeat(width)}  ${right}`
      : `  ${left.padEnd(width)}  ${right}`,
  );
}
