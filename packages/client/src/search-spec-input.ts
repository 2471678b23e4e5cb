import type { SearchSpecInput as Spec } from '@blockwise/contracts';
import type {
  Augment,
  DatasetSourceInput,
  SearchSpecInput,
  TeacherInput,
} from './generated/graphql.ts';

/**
 * A search specification as the API's input. GraphQL has no tagged unions: the `kind` of a data
 * set or teacher becomes the key under which its fields stand. Fields left out stay left out, so
 * that the server fills in its defaults.
 */
export function toSearchSpecInput(spec: Spec): SearchSpecInput {
  const { dataset, teacher, distil, retrain, ...same } = spec;
  return {
    ...same,
    dataset: datasetInput(dataset),
    teacher: teacherInput(teacher),
    retrain: withAugment(retrain),
    ...(distil === undefined ? {} : { distil: distilInput(distil) }),
  };
}

function datasetInput(source: Spec['dataset']): DatasetSourceInput {
  switch (source.kind) {
    case 'procedural': {
      const { kind: _, ...procedural } = source;
      return { procedural };
    }
    case 'imageFolder': {
      const { kind: _, ...imageFolder } = source;
      return { imageFolder };
    }
    case 'cifar10': {
      const { kind: _, ...cifar10 } = source;
      return { cifar10 };
    }
    default:
      return source satisfies never;
  }
}

function teacherInput(teacher: Spec['teacher']): TeacherInput {
  switch (teacher.kind) {
    case 'train':
      return {
        train: {
          architecture: teacher.architecture,
          training: withAugment(teacher.training),
        },
      };
    case 'search':
      return { search: { searchId: teacher.searchId } };
    default:
      return teacher satisfies never;
  }
}

/** One learning rate for all blocks becomes a list of one. */
function distilInput(distil: NonNullable<Spec['distil']>) {
  const { learningRate, ...rest } = distil;
  const rates = typeof learningRate === 'number' ? [learningRate] : learningRate;
  return { ...withAugment(rest), ...(rates === undefined ? {} : { learningRate: rates }) };
}

const augments = { none: 'NONE', light: 'LIGHT' } as const satisfies Record<string, Augment>;

function withAugment<Fields extends { augment?: keyof typeof augments | undefined }>(
  fields: Fields,
): Omit<Fields, 'augment'> & { augment?: Augment } {
  const { augment, ...rest } = fields;
  return augment === undefined ? rest : { ...rest, augment: augments[augment] };
}
