import { expect, test } from 'vitest';
import { readContractFlags } from './flags.mjs';

const needed = ['--url', 'http://host/graphql', '--token', 'secret'];

test('reads every flag', () => {
  const more = ['--search', 'ID', '--work', '--only', 'solve'];
  expect(readContractFlags([...needed, ...more], {})).toEqual({
    url: 'http://host/graphql',
    token: 'secret',
    search: 'ID',
    work: true,
    only: 'solve',
  });
});

test('address and token may be variables, which flags go before', () => {
  const env = { BLOCKWISE_URL: 'https://other/graphql', BLOCKWISE_TOKEN: 'kept' };
  expect(readContractFlags([], env)).toMatchObject({ url: env.BLOCKWISE_URL, token: 'kept' });
  expect(readContractFlags(needed, env)).toMatchObject({ token: 'secret', work: false });
});

test.each([
  [[], /--url/],
  [['--url', 'ftp://host', '--token', 'a'], /--url/],
  [['--url', 'http://host'], /--token/],
  [['--url'], /--url needs a value/],
  [['--token', '--work'], /--token needs a value/],
  [[...needed, '--work', '--work'], /twice/],
  [['--all'], /Unknown flag --all/],
])('%j is refused', (args, reason) => {
  expect(readContractFlags(args, {})).toEqual({ wrong: expect.stringMatching(reason) });
});

test('help goes before everything', () => {
  expect(readContractFlags(['--help'], {})).toEqual({ help: true });
});
