import { describe, expect, it } from 'vitest';
import { dnaNetworks } from './dna-networks.ts';
import { parseEncoding, printEncoding } from './encoding.ts';
import { spaceOf } from './presets.ts';

const multi = spaceOf('dna-multi');
const rank4 = spaceOf('dna-rank4');

describe('encodings as text', () => {
  it('are read as they are written', () => {
    expect(printEncoding(dnaNetworks.c)).toBe('1:10 3:1101 3:1011 3:0114 1:1411 1:0');
    for (const choices of Object.values(dnaNetworks)) {
      expect(parseEncoding(multi, printEncoding(choices))).toEqual(choices);
    }
  });

  it('may leave out the number of an only cell, and last blocks with an only path', () => {
    const whole = parseEncoding(rank4, '1:11 1:1111 1:1101 1:1011 1:1101 1:0');
    expect(parseEncoding(rank4, '11 1111 1101 1011 1101')).toEqual(whole);
    expect(parseEncoding(rank4, '11, 1111, 1101, 1011, 1101, 0')).toEqual(whole);
  });

  it.each([
    ['11 1111 1101 1011', 'has no word for block 5'],
    ['11 1111 1101 1011 1101 0 0', 'has 7 words for 6 blocks'],
    ['11 1111 1101 1011 11017', '"11017" is no path of block 5, which has 4 layers'],
    ['11 1111 1101 1011 1104', '"1104" is no path'],
    ['11 1111 1101 1011 11-1', '"11-1" is no path'],
    ['2:11 1111 1101 1011 1101', '"2:11" names no cell of block 1, which has 1'],
  ])('%s is refused', (text, message) => {
    expect(() => parseEncoding(rank4, text)).toThrow(
      expect.objectContaining({ code: 'BAD_INPUT', message: expect.stringContaining(message) }),
    );
  });
});
