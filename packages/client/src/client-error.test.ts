import { expect, test } from 'vitest';
import { fromWireErrors } from './client-error.ts';

test('what an error says besides its code: when to come back, the nearest bound, the path', () => {
  const extensions = { code: 'RATE_LIMITED', retryAfterSeconds: 7 };
  const error = fromWireErrors([{ message: 'Too many.', extensions }]);
  expect(error).toMatchObject({ code: 'RATE_LIMITED', retryAfterSeconds: 7, path: [] });
  const other = fromWireErrors([
    { message: 'No.', extensions: { code: 'NOT_FOUND', path: ['id'] } },
  ]);
  const tight = { code: 'INFEASIBLE', path: ['constraints', 'macs', 'max'], nearest: 1200 };
  expect(fromWireErrors([{ message: 'None.', extensions: tight }])).toMatchObject(tight);
  expect(other).toMatchObject({ code: 'NOT_FOUND', retryAfterSeconds: undefined, path: ['id'] });
});
