import { expect, test } from 'vitest';
import { engineNames } from '../../packages/contracts/src/index.ts';
import { readDoctorFlags } from './flags.mjs';

const plain = { engine: undefined, device: undefined, allowSoftware: false };

test('flags are read', () => {
  expect(readDoctorFlags([])).toEqual({ ...plain, json: false, help: false });
  expect(readDoctorFlags(['--device', '1', '--json', '--allow-software'])).toMatchObject({
    ...{ device: 1, json: true, allowSoftware: true },
  });
  for (const engine of engineNames) {
    expect(readDoctorFlags(['--engine', engine])).toMatchObject({ engine });
  }
});

test.each([
  ['--device', '-1'],
  ['--device', 'first'],
  ['--engine', 'abacus'],
  ['--speed', '1'],
  ['wasm', ''],
])('%s %s is refused by name', (flag, value) => {
  expect(readDoctorFlags(value === '' ? [flag] : [flag, value])).toMatchObject({
    wrong: expect.stringContaining(flag),
  });
});
