import { expect, test } from 'vitest';
import { filterOf, parseAsRegion } from './explorer-state.ts';

const asked = { x: 'macs', y: 'loss', ops: null } as const;

test('a rectangle in an address comes back as it was, open sides too', () => {
  for (const text of ['1000,5000,0.1,0.2', '1000,,,', ',,,0.2', '-5,5,-1.5,']) {
    const region = parseAsRegion.parse(text);
    expect(region && parseAsRegion.serialize(region)).toBe(text);
  }
  expect(parseAsRegion.parse('1,2,3')).toBeNull();
  expect(parseAsRegion.parse('1,2,3,some')).toBeNull();
});

test('open sides are not asked for, and whole costs are rounded inwards', () => {
  const brush = parseAsRegion.parse('999.5,,,0.25');
  expect(filterOf({ ...asked, brush }, [])).toEqual({ macs: { min: '1000' }, loss: { max: 0.25 } });
  expect(filterOf({ ...asked, brush: parseAsRegion.parse(',5000.5,,') }, [])).toEqual({
    macs: { max: '5000' },
  });
});
