import type { SearchSpec, TeacherSpec } from '@blockwise/contracts';
import { datasetOf, readNetwork, readSearch, retrainingsOf, teacherOf } from '@blockwise/db';
import { networkCuts, networkOf, type Shape, scaleNetwork } from '@blockwise/dna';
import { checkTraining } from './check-training.ts';
import type { Context } from './context.ts';
import { under } from './input-issues.ts';
import { refuse } from './refuse.ts';
import { typeRules } from './rights/types.ts';

const at = ['spec', 'teacher'];

/**
 * Feature maps of the teacher between which the cells have to fit; null where only a trainer can
 * read them.
 *
 * @throws DomainError with the path of the teacher's field
 */
export async function teacherCuts(
  context: Context,
  spec: Pick<SearchSpec, 'teacher' | 'space'>,
  inputSize: number,
): Promise<readonly Shape[] | null> {
  const { teacher } = spec;
  switch (teacher.kind) {
    case 'train':
    case 'timm': {
      const path = [...at, teacher.kind];
      if (teacher.training !== null) checkTraining(teacher.training, [...path, 'training']);
      const network = under([...path, 'architecture'], () => networkOf(teacher.architecture));
      return networkCuts(network, inputSize);
    }
    case 'search':
      return cutsOfSearch(context, teacher, inputSize);
    case 'layersModel':
      return null;
    case 'network':
      return cutsOfNetwork(context, teacher, inputSize);
    default:
      return teacher satisfies never;
  }
}

async function cutsOfSearch(
  context: Context,
  { searchId }: Extract<TeacherSpec, { kind: 'search' }>,
  inputSize: number,
): Promise<readonly Shape[]> {
  const path = [...at, 'search', 'searchId'];
  const { database } = context;
  const search = await readSearch(database, searchId);
  const stored = await teacherOf(database, searchId);
  const isSeen = stored ? typeRules.Teacher(stored, context) : context.canReadSearch(searchId);
  if (search === null || !(await isSeen)) {
    return refuse('NOT_FOUND', 'There is no search with this id to take the teacher of.', path);
  }
  const dataset = await datasetOf(database, search.id);
  if (stored === null || dataset === null) {
    return refuse('NOT_READY', `The teacher of "${search.name}" is not there yet.`, path);
  }
  if (dataset.size !== inputSize) {
    return refuse(
      'SPEC_INVALID',
      `The teacher of "${search.name}" sees images of ${dataset.size} pixels, this search has ${inputSize}.`,
      path,
    );
  }
  return stored.cuts;
}

async function cutsOfNetwork(
  context: Context,
  teacher: Extract<TeacherSpec, { kind: 'network' }>,
  inputSize: number,
): Promise<readonly Shape[]> {
  const path = [...at, 'network'];
  const { database } = context;
  const found = await readNetwork(database, teacher.networkId);
  if (found === null || !(await typeRules.Network(found, context))) {
    return refuse('NOT_FOUND', 'There is no network with this id.', [...path, 'networkId']);
  }
  const { width, depth, training } = teacher;
  if (training !== null) checkTraining(training, [...path, 'training']);
  if (width !== 1 || depth !== 1) {
    if (training === null) {
      return refuse('SPEC_INVALID', 'A scaled network has no weights yet: it needs `training`.', [
        ...path,
        'training',
      ]);
    }
    const scaled = scaleNetwork(networkOf(found.architecture), { width, depth });
    return networkCuts(scaled, inputSize);
  }
  const retrainings = await retrainingsOf(database, found.id);
  // As trained: with weights of the supernets it has other widths than as found.
  const trained = retrainings.find((each) => each.trained !== null)?.trained;
  if (trained === undefined || trained === null) {
    return refuse('NOT_READY', 'The network is not trained yet.', [...path, 'networkId']);
  }
  const dataset = await datasetOf(database, found.searchId);
  if (training === null && dataset !== null && dataset.size !== inputSize) {
    return refuse(
      'SPEC_INVALID',
      `The network was trained on images of ${dataset.size} pixels, this search has ${inputSize}.`,
      [...path, 'networkId'],
    );
  }
  return networkCuts(networkOf(trained.architecture), inputSize);
}
