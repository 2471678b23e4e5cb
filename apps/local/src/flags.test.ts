import { expect, test } from 'vitest';
import { readStartFlags } from './flags.mjs';

const read = (...args: string[]) => readStartFlags(args, '/home/someone');

test('without flags: the demo on port 3000, staying up', () => {
  expect(read()).toEqual({
    preset: 'demo',
    data: undefined,
    exit: false,
    port: 3000,
    state: undefined,
    help: false,
  });
});

test('values follow their flag or an equals sign; folders start where npm was called', () => {
  expect(
    read('--preset=cifar10', '--data', 'my images', '--state=/var/x', '--port', '8080'),
  ).toEqual({
    preset: 'cifar10',
    data: '/home/someone/my images',
    exit: false,
    port: 8080,
    state: '/var/x',
    help: false,
  });
});

test.each([
  [['--prest', 'demo'], /Unknown flag --prest/],
  [['demo'], /Unknown flag demo/],
  [['-x'], /Unknown flag -x/],
  [['--port'], /--port needs a value/],
  [['--port', '--exit'], /--port needs a value/],
  [['--state='], /--state needs a value/],
  [['--port', '0'], /1 to 65535, not 0/],
  [['--port', '70000'], /not 70000/],
  [['--port', '80x'], /not 80x/],
  [['--exit=yes'], /--exit takes no value/],
  [['--exit', '--exit'], /given twice/],
  [['--preset', 'imagenet'], /demo or cifar10, not imagenet/],
  [['--preset', 'cifar10'], /needs --data/],
  [['--data', '/x'], /--data goes with --preset cifar10/],
])('%j is refused in one line', (args, line) => {
  const { wrong } = readStartFlags(args, '/') as { wrong: string };
  expect(wrong).toMatch(line);
  expect(wrong).not.toContain('\n');
});

test('--help is answered whatever else is missing', () => {
  expect(read('--help', '--preset', 'cifar10')).toMatchObject({ help: true });
});
