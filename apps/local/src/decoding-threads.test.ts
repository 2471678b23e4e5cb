import { expect, test } from 'vitest';
import { decodingThreads } from './decoding-threads.mjs';

test('a core each where there are more than four, unless somebody has said how many', () => {
  expect(decodingThreads({}, 16)).toEqual({ UV_THREADPOOL_SIZE: '16' });
  expect(decodingThreads({}, 4)).toEqual({});
  expect(decodingThreads({ UV_THREADPOOL_SIZE: '2' }, 16)).toEqual({});
});
