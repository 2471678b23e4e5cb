import { DomainError } from '@blockwise/contracts';
import { z } from 'zod';
import { type FieldName, fieldRules, type NumberRule } from '../fields.ts';
import { defaultFrame } from '../frame-grammar.ts';
import { parseHead } from '../head-grammar.ts';
import { parseLayer, parseOp } from '../layer-grammar.ts';
import { mostOps, parseCell } from '../space-grammar.ts';

/** A number that the grammar allows in `field`, so that every file can be printed as text. */
function numberOf(field: FieldName) {
  const rule: NumberRule = fieldRules[field];
  return z.number().refine((value) => rule.accepts(value), { error: `expected ${rule.expected}` });
}

/** Either a word of the grammar or the object that it stands for. */
function wordOr<Schema extends z.ZodType>(read: (text: string) => unknown, schema: Schema) {
  return z.preprocess((value, context) => {
    if (typeof value !== 'string') {
      return value;
    }
    try {
      return read(value);
    } catch (error) {
      if (!(error instanceof DomainError)) {
        throw error;
      }
      context.addIssue({ code: 'custom', message: error.message });
      return z.NEVER;
    }
  }, schema);
}

const kernel = numberOf('k');
const channels = numberOf('c');
const expansion = numberOf('e');
const stride = z
  .union([z.literal(1), z.literal(2)], { error: 'expected a stride of 1 or 2' })
  .default(1);
const activation = z.enum(['swish', 'relu', 'hardSwish']).default('swish');
/** A number is a ratio of the input width. */
const squeeze = z.preprocess(
  (value) => (typeof value === 'number' ? { ratio: value } : value),
  z
    .strictObject({ ratio: numberOf('se'), of: z.enum(['input', 'hidden']).default('input') })
    .default({ ratio: 0, of: 'input' })
    // One form for none, as in the grammar.
    .transform(({ ratio, of }) => ({ ratio, of: ratio === 0 ? ('input' as const) : of })),
);

const layer = wordOr(
  parseLayer,
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('cn'), kernel, stride, channels, activation }),
    z.strictObject({ kind: z.literal('mp'), kernel, stride }),
    z.strictObject({ kind: z.literal('ds'), kernel, stride, channels, squeeze, activation }),
    z.strictObject({
      kind: z.enum(['ir', 'er']),
      kernel,
      stride,
      expansion,
      channels,
      squeeze,
      activation,
    }),
    z.strictObject({ kind: z.literal('bt'), kernel, stride, expansion, channels, activation }),
  ]),
);

const op = wordOr(
  parseOp,
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.enum(['ir', 'er']), kernel, expansion, squeeze, activation }),
    z.strictObject({ kind: z.literal('bt'), kernel, expansion, activation }),
  ]),
);
const ops = z.array(op).min(1).max(mostOps);

const cell = wordOr(parseCell, z.strictObject({ layers: numberOf('n'), channels, stride }));

const head = wordOr(
  parseHead,
  z.strictObject({
    channels: channels.or(z.literal(0)).default(0),
    hidden: numberOf('p').or(z.literal(0)).default(0),
    activation,
  }),
);

/** A search space as a file describes it; `ops` are those of every block without its own. */
export const spaceFile = z.strictObject({
  frame: z
    .strictObject({
      padding: z.enum(['symmetric', 'same']).default(defaultFrame.padding),
      epsilon: numberOf('eps').default(defaultFrame.epsilon),
    })
    .prefault({}),
  stem: z.array(layer).min(1),
  ops: ops.optional(),
  blocks: z.array(z.strictObject({ ops: ops.optional(), cells: z.array(cell).min(1) })).min(1),
  head,
});
export type SpaceFile = z.infer<typeof spaceFile>;
