import { assemble, createRandom, printNetwork, samplePath, spaceOf } from '@blockwise/dna';
import { describe, expect, test } from 'vitest';
import { choicesOfArchitecture } from './architecture-choices.ts';

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

  test('choices come back from their network', () => {
    for (const choices of drawn) {
      const text = printNetwork(assemble(space, choices));
      expect(choicesOfArchitecture(space, text, at)).toEqual(choices);
    }
  });
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
