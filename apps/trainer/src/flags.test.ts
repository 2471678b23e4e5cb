import { expect, test } from 'vitest';
import { readFlags } from './flags.ts';

test('flags stand for variables', () => {
  expect(readFlags([])).toEqual({});
  expect(readFlags(['--device', '1', '--engine=webgpu'])).toEqual({
    DEVICE: '1',
    ENGINE: 'webgpu',
  });
  expect(readFlags(['--url', 'https://a.org', '--token', 'x', '--state', '/s'])).toEqual({
    API_URL: 'https://a.org',
    API_TOKEN: 'x',
    STATE_FOLDER: '/s',
  });
});

test.each([['--gpu', '1'], ['--device'], ['1']])('%s is refused', (...args) => {
  expect(() => readFlags(args)).toThrow(args[0]);
});
