import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseNetwork } from '../network-grammar.ts';
import { architectureDifference } from './architecture-difference.ts';

const network = (...blocks: string[]) =>
  parseNetwork(['cn_k3_s2_c8', ...blocks, 'hd_c32'].join(' | '));

it('tells layer by layer what was kept, changed, added and removed', () => {
  const a = network('ir_k3_s1_e3_c8 ir_k3_s1_e3_c8', 'ir_k3_s2_e3_c16 ir_k3_s1_e6_c16');
  const b = network('ir_k3_s1_e3_c8 ir_k5_s1_e3_c8 ir_k3_s1_e3_c8', 'ir_k3_s2_e3_c16');
  const found = architectureDifference(a, b);
  expect(found.map(({ block, layer, change }) => `${block}.${layer} ${change}`)).toEqual([
    '0.1 kept',
    '1.1 kept',
    '1.2 changed',
    '1.3 added',
    '2.1 kept',
    '2.2 removed',
  ]);
  expect(found[2]).toMatchObject({ a: 'ir_k3_s1_e3_c8', b: 'ir_k5_s1_e3_c8' });
  expect(found[3]).toMatchObject({ a: null, b: 'ir_k3_s1_e3_c8' });
  expect(found[5]).toMatchObject({ a: 'ir_k3_s1_e6_c16', b: null });
});

it('is the same backwards, with what was added and removed exchanged', () => {
  const block = fc
    .array(fc.constantFrom('ir_k3_s1_e3_c8', 'ir_k5_s1_e6_c8', 'ir_k7_s1_e3_c8'), {
      minLength: 1,
      maxLength: 4,
    })
    .map((layers) => layers.join(' '));
  const any = fc.array(block, { minLength: 1, maxLength: 4 }).map((each) => network(...each));
  const backwards = { kept: 'kept', changed: 'changed', added: 'removed', removed: 'added' };
  fc.assert(
    fc.property(any, any, (a, b) => {
      expect(architectureDifference(b, a)).toEqual(
        architectureDifference(a, b).map((pair) => ({
          ...pair,
          a: pair.b,
          b: pair.a,
          change: backwards[pair.change],
        })),
      );
    }),
  );
});
