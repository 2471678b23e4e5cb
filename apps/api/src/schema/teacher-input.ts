import type { SchemaTypes } from '@pothos/core';
import { type ApiTypes, builder } from './builder.ts';
import { AugmentEnum } from './enums.ts';

type InputFields = PothosSchemaTypes.InputFieldBuilder<
  PothosSchemaTypes.ExtendDefaultTypes<ApiTypes> & SchemaTypes,
  'InputObject'
>;

/** Fields of the training of a classifier on labels: a teacher, or a found network. */
export function classifierTrainingFields(t: InputFields) {
  return {
    epochs: t.int({
      required: true,
      description: 'Passes over the training part, 1 to 10,000.',
    }),
    batch: t.int({ required: true, description: 'Images per step, 2 to 4,096.' }),
    learningRate: t.float({
      required: true,
      description:
        'Rate after a linear warm-up of one epoch; it decays to zero by a cosine. Above 0 up to 10.',
    }),
    weightDecay: t.float({
      defaultValue: 0.02,
      description: 'Decoupled weight decay (AdamW), 0 to 1.',
    }),
    labelSmoothing: t.float({
      defaultValue: 0.1,
      description: 'Share of the target that is spread over all classes, 0 to 0.5.',
    }),
    augment: t.field({
      type: AugmentEnum,
      defaultValue: 'light',
      description: 'Random changes of training images.',
    }),
  };
}

const ClassifierTrainingInput = builder.inputType('ClassifierTrainingInput', {
  description: 'Training of a classifier on labels: AdamW, cosine decay after a warm-up.',
  fields: (t) => classifierTrainingFields(t),
});

const TrainTeacherInput = builder.inputType('TrainTeacherInput', {
  description: "A teacher that is trained on the search's images.",
  fields: (t) => ({
    architecture: t.string({ required: true, description: 'The network, in the grammar.' }),
    training: t.field({
      type: ClassifierTrainingInput,
      required: true,
      description: 'How it is trained.',
    }),
  }),
});

const SearchTeacherInput = builder.inputType('SearchTeacherInput', {
  description: 'The teacher of an earlier search, on the same classes and image size.',
  fields: (t) => ({
    searchId: t.id({ required: true, description: 'Id of the earlier search.' }),
  }),
});

export const TeacherInput = builder.inputType('TeacherInput', {
  isOneOf: true,
  description: 'Where the teacher comes from: exactly one of these.',
  fields: (t) => ({
    train: t.field({ type: TrainTeacherInput, description: 'Train a new one.' }),
    search: t.field({ type: SearchTeacherInput, description: 'Take that of an earlier search.' }),
  }),
});
