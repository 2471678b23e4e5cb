import { assemble, createRandom, printNetwork, samplePath, spaceOf } from '@blockwise/dna';
import { describe, expect, test } from 'vitest';
import { choicesOfArchitecture, parseEncoding, printEncoding } from './encoding.ts';

const at = ['networks', 0];

describe.each(['dna-multi', 'dna-rank4', 'small-64'])('%s', (name) => {
  const space = spaceOf(name);
  const random = createRandom('encodings', name);
  const drawn = Array.from({ length: 50 }, () =>
    space.blocks.map(({ cells }, block) => {
      const cell = random.int(cells.length);
      return { cell, path: [...samplePath(space, block, cell, random)] };
    }),
  );

  test('choices come back from their text and from their network', () => {
    for (const choices of drawn) {
      expect(parseEncoding(space, printEncoding(choices), at)).toEqual(choices);
      const text = printNetwork(assemble(space, choices));
      expect(choicesOfArchitecture(space, text, at)).toEqual(choices);
    }
  });
});

test('the number of an only cell may be left out, as in published encodings', () => {
  const space = spaceOf('dna-rank4');
  expect(printEncoding(parseEncoding(space, '11 1031 1301 1110 3011 0', at))).toBe(
    '1:11 1:1031 1:1301 1:1110 1:3011 1:0',
  );
});

test.each([
  ['1:00', /1 words for 2 blocks/],
  ['3:00 1:000', /names no cell of block 1, which has 2/],
  ['00 1:000', /names no cell of block 1/],
  ['1:0 1:000', /no path of 2 layers with 2 operations/],
  ['1:02 1:000', /no path of 2 layers/],
  ['1:0x 1:000', /no path of 2 layers/],
])('%s is refused', (text, message) => {
  const space = spaceOf(
    'stem cn_k3_s2_c8; ops ir_k3_e3 ir_k5_e3; block n2_c8_s1 n1_c8_s1; block n3_c16_s2; head hd_c32',
  );
  const refusal = expect.objectContaining({ code: 'BAD_INPUT', path: at });
  expect(() => parseEncoding(space, text, at)).toThrow(refusal);
  expect(() => parseEncoding(space, text, at)).toThrow(message);
});

test('a network of another space is refused with what differs', () => {
  const space = spaceOf('dna-single');
  const ask = (text: string) => () => choicesOfArchitecture(space, text, at);
  expect(ask('resnet50')).toThrow(/it has 4 blocks, the space 6/);
  expect(ask('tf_efficientnet_b0')).toThrow(/its frame is another one/);
  expect(ask('efficientnet_b0')).toThrow(/no cell of block 2 makes ir_k5/);
  expect(ask('efficientnet_b9')).toThrow(
    expect.objectContaining({ code: 'SPACE_SYNTAX', path: at }),
  );
});
