import { describe, expect, test } from 'vitest';
import { commands } from './commands.ts';
import { help, overview } from './help.ts';
import { readInvocation } from './invocation.ts';
import { UsageError } from './usage-error.ts';

const read = (...args: string[]) => readInvocation(commands, args, {});

test('a command with its operands and flags, each of its kind', () => {
  const { command, operands, given } = read(
    'solve',
    'abc',
    '--macs-max',
    '3_000_000',
    '--networks=4',
    '--lambdas',
    '0.5,1,2',
    '--format',
    'csv',
  );
  expect(command?.name).toBe('solve');
  expect(operands).toEqual(['abc']);
  expect(given).toEqual({
    'macs-max': 3_000_000,
    networks: 4,
    lambdas: [0.5, 1, 2],
    format: 'csv',
  });
  expect(read('start', '--set', 'seed=1', '--set', 'name=x', '--watch').given).toEqual({
    set: ['seed=1', 'name=x'],
    watch: true,
  });
});

test('a flag goes before the environment, the environment before the default', () => {
  const env = { BLOCKWISE_URL: 'http://env/graphql' };
  const url = (...args: string[]) => readInvocation(commands, args, env).url;
  expect(url('watch', 'a')).toBe('http://env/graphql');
  expect(url('watch', 'a', '--url', 'http://flag')).toBe('http://flag');
  expect(read('watch', 'a').url).toBe('http://127.0.0.1:4000/graphql');
});

describe('help', () => {
  test('no command and --help ask for it, of everything or of one command', () => {
    expect(read().command).toBeUndefined();
    expect(read('--help').about).toBeUndefined();
    expect(read('export', '--help')).toMatchObject({ about: { name: 'export' } });
    expect(read('export', '--help').command).toBeUndefined();
  });

  test('names every command and every flag', () => {
    for (const command of commands) {
      expect(overview(commands)).toContain(`\n  ${command.name}`);
      for (const name of Object.keys(command.flags)) {
        expect(help(command)).toContain(`--${name}`);
      }
    }
  });
});

test.each([
  [['begin'], /no command begin/],
  [['start', '--preset', 'x'], /--preset is demo or .*, not x/],
  [['start', 'now'], /start takes nothing/],
  [['watch'], /watch takes ID/],
  [['watch', 'a', 'b'], /watch takes ID/],
  [['recipes', 'a', 'b'], /recipes takes \[NAME\]/],
  [['export', 'a', '--format', 'xml'], /json or csv or table, not xml/],
  [['watch', 'a', '--colour'], /--colour/],
  [['solve', 'a', '--macs-max', 'many'], /--macs-max takes a number, not many/],
  [['solve', 'a', '--macs-max', ''], /--macs-max takes a number/],
  [['solve', 'a', '--networks', '1.5'], /--networks takes a whole number, not 1.5/],
  [['solve', 'a', '--lambdas', '1,,2'], /--lambdas takes a number/],
  [['retrain', 'a', '--augment', 'some'], /--augment is none or/],
])('%j is refused in one line', (args, message) => {
  expect(() => read(...args)).toThrow(UsageError);
  expect(() => read(...args)).toThrow(message);
  expect(() => read(...args)).not.toThrow(/\n/);
});
