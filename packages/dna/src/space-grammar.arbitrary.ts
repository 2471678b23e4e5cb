import fc from 'fast-check';
import { printOp } from './layer-grammar.ts';
import { printCell } from './space-grammar.ts';
import type { Activation, Frame, Head, Layer, Network, Op, SearchSpace, Squeeze } from './types.ts';

const millionths = (min: number, max: number) =>
  fc.integer({ min: min * 1e6, max: max * 1e6 }).map((count) => count / 1e6);

const kernel = fc.integer({ min: 0, max: 15 }).map((half) => 2 * half + 1);
const stride = fc.constantFrom<(1 | 2)[]>(1, 2);
const channels = fc.integer({ min: 1, max: 16_384 });
/** From 0.5, so that no hidden width rounds to 0. */
const expansion = fc.oneof(fc.integer({ min: 1, max: 64 }), millionths(0.5, 64));
const activation = fc.constantFrom<Activation[]>('swish', 'relu', 'hardSwish');
const squeeze: fc.Arbitrary<Squeeze> = fc.oneof(
  fc.constant({ ratio: 0, of: 'input' as const }),
  fc.record({
    ratio: millionths(1e-6, 1),
    of: fc.constantFrom<Squeeze['of'][]>('input', 'hidden'),
  }),
);
const kind = <Kind extends string>(...kinds: Kind[]) => fc.constantFrom(...kinds);

/** Any operation that the grammar can write. */
export const anyOp: fc.Arbitrary<Op> = fc.oneof(
  fc.record({ kind: kind('ir', 'er'), kernel, expansion, squeeze, activation }),
  fc.record({ kind: kind('bt'), kernel, expansion, activation }),
);

/** Any layer that the grammar can write. */
export const anyLayer: fc.Arbitrary<Layer> = fc.oneof(
  fc.record({ kind: kind('cn'), kernel, stride, channels, activation }),
  fc.record({ kind: kind('mp'), kernel, stride }),
  fc.record({ kind: kind('ds'), kernel, stride, channels, squeeze, activation }),
  fc
    .tuple(anyOp, stride, channels)
    .map(([op, itsStride, itsChannels]) => ({ ...op, stride: itsStride, channels: itsChannels })),
);

const layers = fc.array(anyLayer, { minLength: 1, maxLength: 5 });
const width = fc.oneof(fc.constant(0), channels);
const head: fc.Arbitrary<Head> = fc.record({ channels: width, hidden: width, activation });
const frame: fc.Arbitrary<Frame> = fc.record({
  padding: fc.constantFrom<Frame['padding'][]>('symmetric', 'same'),
  epsilon: fc.oneof(fc.constant(1e-5), millionths(1e-6, 1)),
});

/** Any network that the grammar can write. */
export const anyNetwork: fc.Arbitrary<Network> = fc.record({
  frame,
  stem: layers,
  blocks: fc.array(layers, { minLength: 1, maxLength: 5 }),
  head,
});

const cells = fc.uniqueArray(
  fc.record({ layers: fc.integer({ min: 1, max: 6 }), channels, stride }),
  { minLength: 1, maxLength: 4, selector: printCell },
);
const ops = fc.uniqueArray(anyOp, { minLength: 1, maxLength: 8, selector: printOp });

/** Any space that the grammar can write; some blocks share their operations. */
export const anySpace: fc.Arbitrary<SearchSpace> = fc.tuple(ops, ops).chain((lists) =>
  fc.record({
    frame,
    stem: layers,
    blocks: fc.array(fc.record({ ops: fc.constantFrom(...lists), cells }), {
      minLength: 1,
      maxLength: 5,
    }),
    head,
  }),
);
