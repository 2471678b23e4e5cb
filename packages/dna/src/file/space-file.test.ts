import { readFileSync } from 'node:fs';
import { DomainError } from '@blockwise/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dnaRank4, spacePresets } from '../presets.ts';
import { anySpace } from '../space-grammar.arbitrary.ts';
import { parseSpace, printSpace } from '../space-grammar.ts';
import { readSpaceFile } from './read-space-file.ts';
import { spaceToFile } from './space-to-file.ts';

const example = `
frame: { padding: same, epsilon: 0.001 }
stem:
  - cn_k3_s2_c16_nhs
  - { kind: ds, kernel: 3, channels: 16, squeeze: { ratio: 0.25, of: hidden } }
ops: [ir_k3_e6_se0.25, ir_k5_e6_se0.25]
blocks:
  - cells:
      - { layers: 2, channels: 24, stride: 2 }
      - n3_c24_s2
  - ops:
      - { kind: er, kernel: 3, expansion: 4, squeeze: 0.5, activation: relu }
      - bt_k3_e0.25_nre
    cells: [{ layers: 1, channels: 40 }]
head: { channels: 960, hidden: 1280, activation: hardSwish }
`;

/** The parts of the example as a value that a case can spoil. */
const valid = () => ({
  stem: ['cn_k3_s2_c16'] as unknown[],
  ops: ['ir_k3_e6', 'ir_k5_e6'] as unknown[] | undefined,
  blocks: [
    { cells: ['n2_c24_s2'] as unknown[] },
    { cells: [{ layers: 1, channels: 8 }] as unknown[], ops: ['ir_k3_e3'] as unknown[] },
  ] as unknown[],
  head: 'hd_c9' as unknown,
});

function refusalOf(text: string, format: 'yaml' | 'json'): DomainError {
  try {
    readSpaceFile(text, format);
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
  throw new Error('the file was accepted');
}

describe('spaces as files', () => {
  it('are read from words and objects alike', () => {
    expect(readSpaceFile(example, 'yaml')).toEqual(
      parseSpace(`
        net same eps0.001
        stem cn_k3_s2_c16_nhs ds_k3_c16_sh0.25
        ops ir_k3_e6_se0.25 ir_k5_e6_se0.25
        block n2_c24_s2 n3_c24_s2
        block n1_c40 with er_k3_e4_se0.5_nre bt_k3_e0.25_nre
        head hd_c960_p1280_nhs`),
    );
  });
  it('are documented by an example that reads as its comments say', () => {
    const text = readFileSync(new URL('../../../../docs/grammar.md', import.meta.url), 'utf8');
    const [, yaml = ''] = /```yaml\n(.*?)```/s.exec(text) ?? [];
    expect(readSpaceFile(yaml, 'yaml')).toEqual(
      parseSpace(`
        net same eps0.001
        stem cn_k3_c16_nhs ds_k3_s2_c16_se0.25
        ops ir_k3_e6_se0.25 ir_k5_e3_sh0.25_nhs
        block n2_c24_s2 n3_c24_s2
        block n2_c40 with er_k3_e4 bt_k3_e0.25_nre
        head hd_c192`),
    );
  });
  it('come back from either format', () => {
    fc.assert(
      fc.property(anySpace, fc.constantFrom('yaml' as const, 'json' as const), (space, format) => {
        expect(readSpaceFile(spaceToFile(space, format), format)).toEqual(space);
      }),
    );
    for (const space of Object.values(spacePresets)) {
      expect(readSpaceFile(spaceToFile(space, 'yaml'), 'yaml')).toEqual(space);
    }
  });
  it('are written with one line for a cell and only the operations that differ', () => {
    expect(spaceToFile(dnaRank4, 'yaml')).toBe(`stem:
  - cn_k3_s2_c32
  - ds_k3_s1_c16_se0.25
ops:
  - ir_k3_e6_se0.25
  - ir_k5_e6_se0.25
  - ir_k3_e3_se0.25
  - ir_k5_e3_se0.25
blocks:
  - cells:
      - { layers: 2, channels: 24, stride: 2 }
  - cells:
      - { layers: 4, channels: 40, stride: 2 }
  - cells:
      - { layers: 4, channels: 80, stride: 2 }
  - cells:
      - { layers: 4, channels: 112, stride: 1 }
  - cells:
      - { layers: 4, channels: 192, stride: 2 }
  - ops:
      - ir_k3_e6_se0.25
    cells:
      - { layers: 1, channels: 320, stride: 1 }
head: hd_c1280
`);
  });
});

describe('a file that is wrong', () => {
  it.each<[string, (file: ReturnType<typeof valid>) => unknown, (string | number)[], RegExp]>([
    [
      'an unknown word',
      (f) => f.stem.push('xx_k3'),
      ['stem', 1],
      /^stem\[1\]: "xx_k3" at column 1/,
    ],
    ['two words', (f) => f.stem.push('mp_k3 mp_k3'), ['stem', 1], /expected the end of the text/],
    ['a stem that cannot be built', (f) => f.stem.push('er_k3_e0.01_c8'), ['stem'], /width of 0/],
    ['no operations', (f) => (f.ops = undefined), ['blocks', 0, 'ops'], /"ops" for all blocks/],
    ['an operation twice', (f) => f.ops?.push('ir_e6_k3'), ['ops', 2], /ir_k3_e6 only once/],
    [
      'an even kernel',
      (f) => f.ops?.push({ kind: 'ir', kernel: 4, expansion: 6 }),
      ['ops', 2, 'kernel'],
      /^ops\[2\]\.kernel: expected an odd kernel size from 1 to 31/,
    ],
    [
      'more decimals than the grammar prints',
      (f) => f.ops?.push({ kind: 'er', kernel: 3, expansion: 1 / 3 }),
      ['ops', 2, 'expansion'],
      /at most 6 decimals/,
    ],
    [
      'a field that the kind does not have',
      (f) => f.ops?.push({ kind: 'bt', kernel: 3, expansion: 1, squeeze: 0.25 }),
      ['ops', 2],
      /squeeze/,
    ],
    [
      'a layer as operation',
      (f) => f.ops?.push({ kind: 'cn', kernel: 3 }),
      ['ops', 2, 'kind'],
      /./,
    ],
    ['no blocks', (f) => (f.blocks = []), ['blocks'], /^blocks: /],
    ['no cells', (f) => f.blocks.push({ cells: [] }), ['blocks', 2, 'cells'], /./],
    [
      'a cell twice',
      (f) => f.blocks.push({ cells: ['n1_c8', { layers: 1, channels: 8 }] }),
      ['blocks', 2, 'cells', 1],
      /^blocks\[2\]\.cells\[1\]: expected n1_c8_s1 only once/,
    ],
    [
      'too many paths',
      (f) => f.blocks.push({ ops: ['ir_k3_e1', 'ir_k3_e2', 'ir_k3_e3'], cells: ['n14_c8'] }),
      ['blocks', 2, 'cells', 0, 'layers'],
      /at most 2097152 paths, not 3 operations to the power of 14/,
    ],
    [
      'a stride of 3',
      (f) => f.blocks.push({ cells: [{ layers: 1, channels: 8, stride: 3 }] }),
      ['blocks', 2, 'cells', 0, 'stride'],
      /expected a stride of 1 or 2/,
    ],
    ['a wrong head', (f) => (f.head = 'hd_k3'), ['head'], /one of the fields c, p/],
    ['a field too much', (f) => Object.assign(f, { blcoks: [] }), [], /blcoks/],
  ])('%s is refused where it is', (_, spoil, path, message) => {
    const file = valid();
    expect(readSpaceFile(JSON.stringify(file), 'json').blocks).toHaveLength(2);
    spoil(file);
    const refusal = refusalOf(JSON.stringify(file), 'json');
    expect(refusal).toMatchObject({ code: 'SPACE_SYNTAX', path });
    expect(refusal.message).toMatch(message);
  });
  it('says where its syntax is wrong', () => {
    expect(refusalOf('stem: [\nblocks: x: y', 'yaml').message).toMatch(
      /^The file is not YAML: .*line/,
    );
    expect(refusalOf('{"stem": ', 'json').message).toMatch(/^The file is not JSON: /);
    expect(refusalOf('- 1', 'yaml').message).toMatch(/expected object/);
    expect(refusalOf('', 'yaml').message).toMatch(/expected object/);
    expect(refusalOf(' '.repeat(65_537), 'yaml').message).toMatch(/at most 65536/);
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [${'*a,'.repeat(9)}*a]\nc: &c [${'*b,'.repeat(9)}*b]\nd: [${'*c,'.repeat(9)}*c]`;
    expect(refusalOf(bomb, 'yaml').message).toMatch(/^The file is not YAML: .*alias/);
  });
  it('is limited to what the grammar writes', () => {
    fc.assert(
      fc.property(anySpace, (space) => {
        const text = printSpace(readSpaceFile(spaceToFile(space, 'json'), 'json'));
        expect(parseSpace(text)).toEqual(space);
      }),
      { numRuns: 30 },
    );
  });
});
