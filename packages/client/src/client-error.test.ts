import { expect, test } from 'vitest';
import { fromWireErrors } from './client-error.ts';

test('who asks too often is told when to come back', () => {
  const extensions = { code: 'RATE_LIMITED', retryAfterSeconds: 7 };
  const error = fromWireErrors([{ message: 'Too many.', extensions }]);
  expect(error).toMatchObject({ code: 'RATE_LIMITED', retryAfterSeconds: 7, path: [] });
  const other = fromWireErrors([
    { message: 'No.', extensions: { code: 'NOT_FOUND', path: ['id'] } },
  ]);
  expect(other).toMatchObject({ code: 'NOT_FOUND', retryAfterSeconds: undefined, path: ['id'] });
});
