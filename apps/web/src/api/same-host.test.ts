import { expect, test } from 'vitest';
import { sameHost } from './same-host.ts';

test.each([
  ['http://127.0.0.1:4000/graphql', 'localhost', 'http://localhost:4000/graphql'],
  ['http://localhost:4000/graphql', '127.0.0.1', 'http://127.0.0.1:4000/graphql'],
  ['http://127.0.0.1:4000/graphql', 'example.org', 'http://127.0.0.1:4000/graphql'],
  ['https://api.example.org/graphql', 'localhost', 'https://api.example.org/graphql'],
])('%s from a page of %s is %s', (url, host, expected) => {
  expect(sameHost(url, host)).toBe(expected);
});
