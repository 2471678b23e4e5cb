import { DomainError } from '@blockwise/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseLayer, parseOp, printLayer, printOp } from './layer-grammar.ts';
import { parseNetwork, printNetwork } from './network-grammar.ts';
import { dnaMulti } from './presets.ts';
import { anyLayer, anyNetwork, anyOp, anySpace } from './space-grammar.arbitrary.ts';
import { parseSpace, printSpace } from './space-grammar.ts';

function messageOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    expect(error).toBeInstanceOf(DomainError);
    expect(error).toMatchObject({ code: 'SPACE_SYNTAX' });
    return (error as DomainError).message;
  }
  throw new Error('the text was accepted');
}

describe('round trips', () => {
  it('reads back every layer it prints', () => {
    fc.assert(
      fc.property(anyLayer, (x) => {
        expect(parseLayer(printLayer(x))).toEqual(x);
      }),
    );
  });
  it('reads back every operation it prints', () => {
    fc.assert(
      fc.property(anyOp, (x) => {
        expect(parseOp(printOp(x))).toEqual(x);
      }),
    );
  });
  it('reads back every network it prints', () => {
    fc.assert(
      fc.property(anyNetwork, (x) => {
        expect(parseNetwork(printNetwork(x))).toEqual(x);
      }),
    );
  });
  it('reads back every space it prints', () => {
    fc.assert(
      fc.property(anySpace, (x) => {
        expect(parseSpace(printSpace(x))).toEqual(x);
      }),
    );
  });
  it('prints one canonical text, however a layer was written', () => {
    fc.assert(
      fc.property(anyLayer, fc.integer(), (layer, seed) => {
        const [kind = '', ...fields] = printLayer(layer).split('_');
        const turned = fields.map((_, i) => fields[(i + Math.abs(seed)) % fields.length]);
        const text = [kind, ...turned].join('_').replace(/_s1(?=_|$)/, '');
        expect(printLayer(parseLayer(text))).toBe(printLayer(layer));
      }),
    );
  });
});

describe('short forms', () => {
  it('fills in stride 1 and no squeeze-and-excitation', () => {
    expect(parseLayer('ir_k3_e6_c24')).toEqual(parseLayer('ir_k3_s1_e6_c24_se0'));
    expect(printLayer(parseLayer('ir_c24_e6_k3_se0'))).toBe('ir_k3_s1_e6_c24');
  });
  it('fills in the activation, the frame and the parts of a head', () => {
    expect(printLayer(parseLayer('er_k3_e2.50_c8_nsw'))).toBe('er_k3_s1_e2.5_c8');
    expect(printLayer(parseLayer('ir_sh0_nhs_k3_e6_c8'))).toBe('ir_k3_s1_e6_c8_nhs');
    const printed = (text: string) => printNetwork(parseNetwork(text));
    const rest = 'mp_k3_s1 | bt_k3_s1_e0.25_c8_nre';
    expect(printed(`net_eps0.001 | ${rest} | hd`)).toBe(`net_eps0.001 | ${rest} | hd`);
    expect(printed(`net_eps0.00001_symmetric | ${rest} | hd_nre_p5`)).toBe(`${rest} | hd_p5_nre`);
  });
  it('gives blocks their own operations, and prints those that most blocks have once', () => {
    const space = parseSpace(
      'stem cn_k3_c8; block n1_c8 with ir_k3_e6; block n1_c8; block n2_c8 n1_c8 with er_k3_e2; ' +
        'block n1_c9; ops er_k3_e2; head hd',
    );
    expect(space.blocks.map(({ ops }) => ops.map(printOp))).toEqual([
      ['ir_k3_e6'],
      ['er_k3_e2'],
      ['er_k3_e2'],
      ['er_k3_e2'],
    ]);
    expect(printSpace(space)).toBe(
      [
        'stem cn_k3_s1_c8',
        'ops er_k3_e2',
        'block n1_c8_s1 with ir_k3_e6',
        'block n1_c8_s1',
        'block n2_c8_s1 n1_c8_s1',
        'block n1_c9_s1',
        'head hd',
      ].join('\n'),
    );
    // Without the statement every block has to say its own.
    const own = 'stem cn_k3_c8; block n1_c8 with er_k3_e2; head hd';
    expect(parseSpace(own).blocks[0]?.ops).toEqual([parseOp('er_k3_e2')]);
    expect(messageOf(() => parseSpace(`${own}; block n1_c8`))).toContain('"ops ..."');
  });
  it('repeats a layer, the stride at the first only', () => {
    expect(printNetwork(parseNetwork('cn_k3_s2_c8|ir_r3_k3_s2_e6_c24|hd_c9'))).toBe(
      'cn_k3_s2_c8 | ir_k3_s2_e6_c24 ir_k3_s1_e6_c24 ir_k3_s1_e6_c24 | hd_c9',
    );
  });
  it('takes statements of a space on one line, in any order, and comments', () => {
    const oneLine = 'head hd_c9; block n1_c8 n2_c8; ops ir_k3_e6; stem cn_k3_c8; block n1_c4_s2';
    const lines = `
      stem cn_k3_s1_c8   # the stem
      ops ir_k3_e6
      # blocks; two of them
      block n1_c8_s1 n2_c8_s1
      block n1_c4_s2
      head hd_c9`;
    expect(parseSpace(oneLine)).toEqual(parseSpace(lines));
    expect(parseSpace(lines.replaceAll('\n', '\r\n'))).toEqual(parseSpace(lines));
  });
});

describe('syntax errors name the word, its position and what was expected', () => {
  it.each([
    ['', 'Nothing at column 1: expected a layer'],
    ['  xx_k3', '"xx_k3" at column 3: expected a layer: cn_, mp_, ds_, ir_, er_ or bt_'],
    ['ir_k4_e6_c8', '"k4" at column 4: expected an odd kernel size from 1 to 31'],
    ['ir_k_e6_c8', '"k" at column 4: expected an odd kernel size'],
    ['ir_k3_s3_e6_c8', '"s3" at column 7: expected a stride of 1 or 2'],
    ['ir_k3_e6_c0', '"c0" at column 10: expected a whole number of channels from 1 to 16384'],
    ['ir_k3_e6_c8.5', '"c8.5" at column 10: expected a whole number of channels'],
    ['ir_k3_e6_c8_se1.5', '"se1.5" at column 13: expected a squeeze-and-excitation ratio'],
    ['ir_k3_e6_c8_se0.1234567', '"se0.1234567" at column 13'],
    ['ir_k3_e6_c8_k5', '"k5" at column 13: expected the field k only once'],
    ['cn_k3_e6_c8', '"e6" at column 7: expected one of the fields k, s, c,'],
    ['ir_k3_e6', '"ir_k3_e6" at column 1: expected also the field c (number of channels)'],
    ['ir_r2_k3_e6_c8', '"r2" at column 4: expected one of the fields'],
    ['cn_k3_c8 cn_k3_c8', '"cn_k3_c8" at column 10: expected the end of the text'],
    ['ir_k3__e6_c8', 'at column 7: expected one of the fields'],
    ['ir_constructor3', '"constructor3" at column 4: expected one of the fields'],
    ['ir_k3_e6_c8_nre_nhs', '"nhs" at column 17: expected only one activation'],
    ['ir_k3_e6_c8_nxx', '"nxx" at column 13: expected one of the fields k, s, e, c, se, sh'],
    ['ir_k3_e6_c8_se0.5_sh0.5', 'at column 1: expected only one of the fields se and sh'],
    ['ir_k3_e0_c8', '"e0" at column 7: expected an expansion above 0'],
    ['mp_k3_nre', '"nre" at column 7: expected one of the fields k, s,'],
    ['bt_k3_e1_c8_se0.5', '"se0.5" at column 13: expected one of the fields k, s, e, c,'],
  ])('layer %j', (text, start) => {
    expect(messageOf(() => parseLayer(text))).toContain(start);
  });

  it.each([
    ['cn_k3_c8 | hd_c9', 'Nothing at column 17: expected a stem, at least one block and a head'],
    ['cn_k3_c8 |  | hd_c9', 'Nothing at column 11: expected the layers of block 1'],
    ['cn_k3_c8 | ir_k3_e6_c8 | cn_k3_c8', '"cn_k3_c8" at column 26: expected the head'],
    ['cn_k3_c8 | ir_k3_e6_c8 | hd_c9 hd_c9', '"hd_c9" at column 32: expected the head'],
    ['net_same cn_k3_c8 | ir_k3_e6_c8 | hd', '"cn_k3_c8" at column 10: expected a | after'],
    ['net_same_same | cn_k3_c8 | ir_k3_e6_c8 | hd', '"same" at column 10: expected one padding'],
    ['net_ | cn_k3_c8 | ir_k3_e6_c8 | hd', 'at column 5: expected one padding'],
    ['net | cn_k3_c8 | ir_k3_e6_c8 | hd', '"net" at column 1: expected a padding or an epsilon'],
    ['cn_k3_c8 | ir_k3_e6_c8 | hd_c0', '"c0" at column 29: expected a whole number of channels'],
    ['cn_k3_c8 |\nir_r65_k3_e6_c8 | hd_c9', '"r65" at line 2, column 4: expected a whole'],
  ])('network %j', (text, start) => {
    expect(messageOf(() => parseNetwork(text))).toContain(start);
  });

  const space = printSpace(dnaMulti);
  it.each([
    [space.replace('n3_c40_s2', 'n3_w40_s2'), '"w40" at line 4, column 20: expected one of'],
    [space.replace('n3_c40_s2', 'n2_c40'), '"s2" at', false],
    [space.replace('n3_c40_s2', 'n2_c40_s2'), '"n2_c40_s2" at line 4, column 17: expected every'],
    [space.replace('n3_c40_s2', 'n9_c40_s2'), 'expected a cell of at most 2097152 paths'],
    [space.replace('head', 'tail'), '"tail" at line 9, column 1: expected a statement'],
    [space.replace(/stem .*/, ''), 'also a statement "stem ..."'],
    [space.replace(/ops .*/, ''), 'also a statement "ops ..."'],
    [space.replace(/head .*/, ''), 'also a statement "head ..."'],
    [space.replaceAll(/block .*/g, ''), 'also a statement "block ..."'],
    [`${space}\nhead hd_c9`, '"head" at line 10, column 1: expected only one statement'],
    [space.replace('ir_k5_e6_se0.25', 'cn_k5_c6'), '"cn_k5_c6" at line 2, column 21: expected an'],
    [space.replace('ir_k5_e6_se0.25', 'ir_k3_e6_se0.25'), 'expected every operation only once'],
    [space.replace('n1_c320_s1', ''), 'at line 8, column 6: expected the cells of the block'],
    [`${space} `.repeat(200), 'expected at most 65536'],
    [
      space.replace('n1_c320_s1', 'n1_c320 with'),
      'Nothing at line 8, column 19: expected the cand',
    ],
    [
      space.replace('n1_c320_s1', 'with ir_k3_e6'),
      '"with" at line 8, column 7: expected the cells',
    ],
    [
      space.replace('n1_c320_s1', '$& with ir_k3_e6 ir_k3_e6'),
      'expected every operation only once',
    ],
    [`net\n${space}`, 'Nothing at line 1, column 4: expected a padding or an epsilon'],
    [`net wide\n${space}`, '"wide" at line 1, column 5: expected one padding, same or symmetric'],
    [`net same eps0\n${space}`, '"eps0" at line 1, column 10: expected an epsilon above 0'],
    [`net same\nnet same\n${space}`, '"net" at line 2, column 1: expected only one statement'],
  ])('space %#', (text, start, wrong = true) => {
    if (wrong) {
      expect(messageOf(() => parseSpace(text))).toContain(start);
    } else {
      expect(parseSpace(text).blocks[1]?.cells[1]).toEqual({ layers: 2, channels: 40, stride: 1 });
    }
  });
});
