import { expect, test } from 'vitest';
import { readMatrix } from './read-matrix.ts';

test('a matrix comes row by row', () => {
  const bytes = Buffer.from(new Int32Array([7, 1, 0, 300]).buffer);
  expect(readMatrix(bytes.toString('base64'), 2)).toEqual([
    [7, 1],
    [0, 300],
  ]);
  expect(() => readMatrix(bytes.toString('base64'), 3)).toThrow('3 classes');
});
