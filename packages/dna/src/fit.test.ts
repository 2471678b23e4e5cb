import { describe, expect, it } from 'vitest';
import { checkFit } from './fit.ts';
import { networkCuts } from './network-cost.ts';
import { parseNetwork } from './network-grammar.ts';
import { dnaMulti, dnaSingle, spaceOf } from './presets.ts';
import { networkOf } from './published-networks.ts';
import { parseSpace, printSpace } from './space-grammar.ts';

const cutsOf = (network: string, size: number) => networkCuts(networkOf(network), size);
const misfit = (block: number, cell: number, message: RegExp) =>
  expect.objectContaining({
    code: 'SPACE_MISFIT',
    path: ['space', 'blocks', block, 'cells', cell],
    message: expect.stringMatching(message),
  });

describe('fitting between the cut points of a teacher', () => {
  it('accepts the published pairs at any size', () => {
    for (const size of [224, 600, 33]) {
      for (const teacher of ['tf_efficientnet_b7', 'efficientnet_b0']) {
        checkFit(dnaMulti, cutsOf(teacher, size), size);
        checkFit(dnaSingle, cutsOf(teacher, size), size);
      }
    }
    expect(cutsOf('efficientnet_b0', 33).at(-1)).toEqual({ channels: 320, size: 2 });
  });
  it('accepts the small presets with teachers of their shapes', () => {
    const small = `cn_k3_s1_c16 ds_k3_s2_c16 | ir_k3_s2_e4_c32 | ir_k5_e4_c48 | ir_k5_s2_e4_c96 | hd`;
    checkFit(spaceOf('small-32'), cutsOf(small, 32), 32);
    checkFit(spaceOf('small-multi-32'), cutsOf(small, 32), 32);
    const larger =
      'cn_k3_s2_c16 | ir_k3_s2_e4_c32 | ir_k5_s2_e4_c48 | ir_k5_e4_c80 | ir_k5_s2_e4_c128 | hd';
    checkFit(spaceOf('small-64'), cutsOf(larger, 64), 64);
  });
  it('refuses a space with more blocks, and names the first that the teacher lacks', () => {
    expect(() => checkFit(dnaMulti, cutsOf('resnet50', 224), 224)).toThrow(
      expect.objectContaining({
        code: 'SPACE_MISFIT',
        path: ['space', 'blocks'],
        message:
          'The space has 6 blocks, the teacher 4. Block 5 of the space has none of the ' +
          "teacher's beside it: the teacher ends in 7×7×2048.",
      }),
    );
  });
  it('refuses a space with fewer blocks, and names the first that it lacks', () => {
    const space = { ...dnaMulti, blocks: dnaMulti.blocks.slice(0, 3) };
    expect(() => checkFit(space, cutsOf('tf_efficientnet_b7', 224), 224)).toThrow(
      expect.objectContaining({
        code: 'SPACE_MISFIT',
        path: ['space', 'blocks'],
        message:
          'The space has 3 blocks, the teacher 6. Block 4 of the teacher, from 14×14×160 to ' +
          "14×14×224, has none of the space's beside it.",
      }),
    );
  });
  it('names the cell, both shapes and the stride that would fit', () => {
    const space = parseSpace(printSpace(dnaMulti).replace('n4_c96_s1', 'n4_c96_s2'));
    expect(() => checkFit(space, cutsOf('tf_efficientnet_b7', 224), 224)).toThrow(
      misfit(3, 1, /Block 4, cell 2: stride 2 .*7×7×96 .*14×14×224.*stride of 1 would fit/),
    );
  });
  it('says so when no stride fits, as with a teacher that shrinks its maps more at once', () => {
    const space = parseSpace('stem cn_k3_s2_c8; ops ir_k3_e6; block n1_c8_s2; head hd_c8');
    const cuts = [
      { channels: 8, size: 16 },
      { channels: 12, size: 4 },
    ];
    expect(() => checkFit(space, cuts, 32)).toThrow(
      misfit(0, 0, /8×8×8 of 16×16×8 .*4×4×12\. No stride of 1 or 2 fits/),
    );
  });
  it("takes the first block's input from the space's own stem", () => {
    const space = parseSpace('stem cn_k3_c8; ops ir_k3_e6; block n1_c8_s2; head hd_c8');
    checkFit(space, cutsOf('cn_k3_s2_c8 | ir_k3_e6_c8 | hd_c8', 32), 32);
    expect(() => checkFit(space, cutsOf('cn_k3_s2_c8 | ir_k3_s2_e6_c8 | hd_c8', 32), 32)).toThrow(
      misfit(0, 0, /16×16×8 of 32×32×8 .*stem.* 8×8×8/),
    );
  });
});

describe('operations without a hidden width', () => {
  const teacher = 'cn_k3_c8 | cn_k3_c64 | cn_k3_c64 | hd';
  const check = (blocks: string) => {
    const space = parseSpace(`stem cn_k3_c8; ops ir_k3_e6; ${blocks}; head hd`);
    checkFit(space, cutsOf(teacher, 8), 8);
  };
  it('are refused where a bottleneck is too narrow for its cell', () => {
    check('block n1_c8; block n2_c4 n2_c8 with ir_k3_e6 bt_k3_e0.125');
    expect(() => check('block n1_c8; block n2_c4 n2_c3 with ir_k3_e6 bt_k3_e0.125')).toThrow(
      misfit(1, 1, /bt_k3_e0\.125 has a hidden width of 0 .*to 3 channels.*8×8×64/),
    );
  });
  it("are refused for the cell's own width, and for that of the cell before", () => {
    check('block n1_c8; block n2_c8 with ir_k3_e0.1');
    expect(() => check('block n1_c8; block n2_c4 with er_k3_e0.1')).toThrow(
      misfit(1, 0, /er_k3_e0\.1 has a hidden width of 0 from 4/),
    );
    expect(() => check('block n1_c8 n1_c3; block n1_c8 with ir_k3_e0.1')).toThrow(
      misfit(1, 0, /from 3 to 8 channels/),
    );
  });
  it('are a syntax error in a network and in the stem of a space', () => {
    expect(() => parseNetwork('cn_k3_c4 | ir_k3_e0.1_c8 | hd')).toThrow(
      'ir_k3_s1_e0.1_c8 has a hidden width of 0 after 4 channels',
    );
    expect(() => parseSpace('stem er_k3_e0.1_c8; ops ir_k3_e6; block n1_c8; head hd')).toThrow(
      'after 3 channels',
    );
  });
});
