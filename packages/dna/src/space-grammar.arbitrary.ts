import fc from 'fast-check';
import { printOp } from './layer-grammar.ts';
import { printCell } from './space-grammar.ts';
import type { Layer, Network, Op, SearchSpace } from './types.ts';

const kernel = fc.integer({ min: 0, max: 15 }).map((half) => 2 * half + 1);
const stride = fc.constantFrom<(1 | 2)[]>(1, 2);
const channels = fc.integer({ min: 1, max: 16_384 });
const expansion = fc.integer({ min: 1, max: 64 });
const se = fc.integer({ min: 0, max: 1_000_000 }).map((millionths) => millionths / 1_000_000);

/** Any operation that the grammar can write. */
export const anyOp: fc.Arbitrary<Op> = fc.record({
  kind: fc.constant('ir' as const),
  kernel,
  expansion,
  se,
});

/** Any layer that the grammar can write. */
export const anyLayer: fc.Arbitrary<Layer> = fc.oneof(
  fc.record({ kind: fc.constant('cn' as const), kernel, stride, channels }),
  fc.record({ kind: fc.constant('ds' as const), kernel, stride, channels, se }),
  fc.record({ kind: fc.constant('ir' as const), kernel, stride, expansion, channels, se }),
);

const layers = fc.array(anyLayer, { minLength: 1, maxLength: 5 });
const head = fc.record({ channels });

/** Any network that the grammar can write. */
export const anyNetwork: fc.Arbitrary<Network> = fc.record({
  stem: layers,
  blocks: fc.array(layers, { minLength: 1, maxLength: 5 }),
  head,
});

const cells = fc.uniqueArray(
  fc.record({ layers: fc.integer({ min: 1, max: 6 }), channels, stride }),
  { minLength: 1, maxLength: 4, selector: printCell },
);

/** Any space that the grammar can write. */
export const anySpace: fc.Arbitrary<SearchSpace> = fc.record({
  stem: layers,
  ops: fc.uniqueArray(anyOp, { minLength: 1, maxLength: 8, selector: printOp }),
  blocks: fc.array(fc.record({ cells }), { minLength: 1, maxLength: 5 }),
  head,
});
