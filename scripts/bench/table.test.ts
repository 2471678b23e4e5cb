import { expect, it } from 'vitest';
import { exampleReport } from './report.fixture.ts';
import { number, printTable, tableOf } from './table.ts';

it('aligns names to the left and numbers to the right', () => {
  expect(printTable(tableOf(exampleReport)).split('\n')).toEqual([
    'row     what runs  median ms       quartiles   least to most  processor ms  runs  images/s                time over  processor time over',
    '─'.repeat(158),
    'distil  wasm             240      230 to 251      221 to 300           235    30       133',
    '        cpu            48000  48000 to 48000  48000 to 48000         47000     1     0.667  200 (200 to 200) × wasm   199 (199 to 199) ×',
    '        webgpu             –                                                                                                              There is no adapter.',
  ]);
});

it.each([
  [12_345.6, '12346'],
  [123.456, '123'],
  [12.345, '12.3'],
  [1.2345, '1.23'],
  [0.6667, '0.667'],
  [0.0123, '0.012'],
  [0, '0.00'],
])('prints %d to three digits', (value, text) => {
  expect(number(value)).toBe(text);
});
