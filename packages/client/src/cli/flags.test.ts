import { expect, test } from 'vitest';
import { readInvocation, UsageError } from './flags.ts';

const read = (...args: string[]) => readInvocation(args, {});

test('start, watch, export and cancel', () => {
  expect(read('start', '--preset', 'cifar10', '--data', 'x', '--watch').command).toEqual({
    name: 'start',
    source: { kind: 'preset', preset: 'cifar10', data: 'x' },
    searchName: undefined,
    watch: true,
  });
  expect(read('watch', 'abc').command).toEqual({ name: 'watch', id: 'abc' });
  expect(read('export', 'abc').command).toEqual({ name: 'export', id: 'abc', format: 'json' });
  expect(read('cancel', 'abc').command).toEqual({ name: 'cancel', id: 'abc' });
});

test('a flag goes before the environment, the environment before the default', () => {
  const env = { BLOCKWISE_URL: 'http://env/graphql' };
  expect(readInvocation(['watch', 'a'], env).url).toBe('http://env/graphql');
  expect(readInvocation(['watch', 'a', '--url', 'http://flag'], env).url).toBe('http://flag');
  expect(read('watch', 'a').url).toBe('http://127.0.0.1:4000/graphql');
});

test('no command and --help ask for help', () => {
  expect(read().command).toEqual({ name: 'help' });
  expect(read('export', '--help').command).toEqual({ name: 'help' });
});

test.each([
  [['begin'], /no command begin/],
  [['start'], /needs --preset/],
  [['start', '--preset', 'cifar10'], /needs --data/],
  [['start', '--preset', 'x'], /not x/],
  [['start', '--preset', 'demo', '--spec', 'f'], /not both/],
  [['watch'], /takes the id/],
  [['watch', 'a', 'b'], /takes the id/],
  [['export', 'a', '--format', 'xml'], /json or csv, not xml/],
  [['watch', 'a', '--colour'], /--colour/],
])('%j is refused in one line', (args, message) => {
  expect(() => readInvocation(args, {})).toThrow(UsageError);
  expect(() => readInvocation(args, {})).toThrow(message);
  expect(() => readInvocation(args, {})).not.toThrow(/\n/);
});
