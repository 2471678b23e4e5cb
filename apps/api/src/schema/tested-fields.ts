import type { Confusion } from '@blockwise/contracts';
import type { Context } from '../context.ts';
import { maxMatrixClasses, maxPageSize } from '../limits.ts';
import {
  type ClassResult,
  type ConfusedPair,
  classResults,
  confusionMatrix,
  mostConfused,
} from '../tested-classes.ts';
import { type ApiTypes, builder } from './builder.ts';
import { pageSize } from './paging.ts';

const ClassResultObject = builder.objectRef<ClassResult>('ClassResult').implement({
  description: 'What a test found for the images of one class.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Name of the class.' }),
    images: t.exposeInt('images', { description: 'Images of the test part.' }),
    right: t.exposeInt('right', { description: 'Of these, those taken for what they are.' }),
    top1: t.float({
      nullable: true,
      description: '`right` of `images`, 0 to 1; null where there are none.',
      resolve: ({ images, right }) => (images === 0 ? null : right / images),
    }),
  }),
});

const ConfusedPairObject = builder.objectRef<ConfusedPair>('ConfusedPair').implement({
  description: 'Two classes of which one was taken for the other.',
  fields: (t) => ({
    trueClass: t.exposeString('trueClass', { description: 'What the images are.' }),
    guessedClass: t.exposeString('guessedClass', { description: 'What they were taken for.' }),
    images: t.exposeInt('images', { description: 'How many, of the test part.' }),
  }),
});

type Fields<Row> = Pick<
  PothosSchemaTypes.ObjectFieldBuilder<PothosSchemaTypes.ExtendDefaultTypes<ApiTypes>, Row>,
  'field' | 'string' | 'arg'
>;

/** A test, and the data whose classes it is of. */
export interface Tested {
  readonly searchId: string;
  readonly confusion: Confusion | null;
}

/**
 * Fields of what was tested on the test part: what its images were taken for, class by class.
 *
 * @param testOf reads it
 */
export function testedFields<Row>(
  t: Fields<Row>,
  testOf: (row: Row, context: Context) => Promise<Tested>,
) {
  /** Null where nothing is kept. */
  const read = async <Value>(
    row: Row,
    context: Context,
    make: (confusion: Confusion, classes: readonly string[]) => Value,
  ): Promise<Value | null> => {
    const { searchId, confusion } = await testOf(row, context);
    if (confusion === null) return null;
    const { classes } = await context.loaders.requireDataset(searchId);
    return make(confusion, classes);
  };
  const unkept = 'null until tested, and for tests from before it was kept';
  return {
    classes: t.field({
      type: [ClassResultObject],
      nullable: true,
      description: `The result of every class, in the order of the data's classes; ${unkept}.`,
      resolve: (row, _args, context) => read(row, context, classResults),
    }),
    confusion: t.field({
      type: [ConfusedPairObject],
      nullable: true,
      description: `The classes that were confused, the most often confused first; ${unkept}.`,
      args: {
        first: t.arg.int({
          required: true,
          defaultValue: 20,
          description: `Pairs at most, up to ${maxPageSize}.`,
        }),
      },
      resolve: (row, { first }, context) => {
        const most = pageSize(first, 20);
        return read(row, context, (confusion, classes) => mostConfused(confusion, classes, most));
      },
    }),
    confusionMatrix: t.string({
      nullable: true,
      description:
        'Images by true class (rows) and guessed class, as base64 of little-endian 32-bit integers, row ' +
        `by row; null for more than ${maxMatrixClasses} classes too, where \`confusion\` tells; ${unkept}.`,
      resolve: (row, _args, context) =>
        read(row, context, (confusion, { length }) =>
          length > maxMatrixClasses ? null : context.pack(confusionMatrix(confusion, length)),
        ),
    }),
  };
}
