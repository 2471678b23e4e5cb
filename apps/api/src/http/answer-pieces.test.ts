import { GraphQLError } from 'graphql';
import { describe, expect, it } from 'vitest';
import { answerPieces, hasLongText } from './answer-pieces.ts';

const sines = Float64Array.from({ length: 500 }, (_, i) => Math.sin(i));
const base64 = Buffer.from(sines.buffer).toString('base64');

describe('answerPieces', () => {
  it.each<[string, object]>([
    ['packed columns', { data: { curves: [{ packed: { count: 500, values: base64 } }] } }],
    ['quotes and line ends in a long text', { data: { text: `"\\\n\t\u0000${base64}` } }],
    ['letters beyond ASCII', { data: { text: `${base64}é€😀\u2028\u007f` } }],
    ['half a letter', { data: { text: `${base64}\ud800` } }],
    ['members that are missing', { errors: undefined, data: { a: undefined, base64, b: null } }],
    ['nothing but missing members', { data: { a: undefined }, base64, b: {} }],
    ['elements that are missing', { data: [undefined, base64, null, () => base64] }],
    ['names with escapes', { data: { '"\n': base64 } }],
    ['objects without a prototype', Object.assign(Object.create(null), { base64 })],
    ['things with a JSON of their own', { at: new Date(0), e: new GraphQLError(base64), base64 }],
    ['a plain object with a JSON of its own', { base64, own: { toJSON: () => 'own' } }],
    ['lists of lists', { data: [[base64, 'b'], [], [1, 2.5, -0], [true, {}]] }],
    ['numbers that JSON lacks', { data: [[Number.NaN, 1], base64, Number.POSITIVE_INFINITY] }],
    ['a list that ends with a number', { data: [base64, { base64 }, 1], base64 }],
    ['short texts only', { data: { search: { name: 'a "search"', at: new Date(0) } } }],
  ])('%s: as JSON.stringify', (_, answer) => {
    expect(answerPieces(answer).join('')).toBe(JSON.stringify(answer));
  });

  it('copies no long text', () => {
    const pieces = answerPieces({ data: [{ base64 }, { base64 }] });
    expect(pieces).toEqual(['{"data":[{"base64":"', base64, '"},{"base64":"', base64, '"}]}']);
  });
});

describe('hasLongText', () => {
  it('looks into lists and objects', () => {
    expect(hasLongText({ data: { curves: [{ packed: { values: base64 } }] } })).toBe(true);
    expect(
      hasLongText({ data: { curves: [{ values: [1, 2, 3], key: 'loss' }], none: null } }),
    ).toBe(false);
  });
});
