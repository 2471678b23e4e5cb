import { expect, test } from 'vitest';
import { toCsv } from './csv.ts';

test('all digits are kept, and what is not known is empty', () => {
  const columns = [{ name: 'path' }, { name: 'loss, mean' }];
  const rows = [
    ['012', 0.123456789012345],
    ['a "b"', null],
  ];
  expect(toCsv({ columns, rows })).toBe('path,"loss, mean"\n012,0.123456789012345\n"a ""b""",\n');
});
