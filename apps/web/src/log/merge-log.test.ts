import type { EventDetailFragment } from '@blockwise/client';
import { expect, test } from 'vitest';
import { mergeLog } from './merge-log.ts';

const event = (cursor: string) => ({ cursor }) as EventDetailFragment;

test('cursors are numbers, newest first, and what is in both lists is there once', () => {
  const merged = mergeLog([event('11'), event('10')], [event('10'), event('9'), event('2')], 3);
  expect(merged.map(({ cursor }) => cursor)).toEqual(['11', '10', '9']);
});
