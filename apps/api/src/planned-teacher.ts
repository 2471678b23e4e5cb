import type { SearchSpec, TeacherSpec } from '@blockwise/contracts';
import { datasetOf, readNetwork, readSearch, retrainingsOf, teacherOf } from '@blockwise/db';
import {
  type Network,
  networkCost,
  networkCuts,
  networkOf,
  type Shape,
  scaleNetwork,
  type Task,
} from '@blockwise/dna';
import { checkTraining } from './check-training.ts';
import type { Context } from './context.ts';
import { under } from './input-issues.ts';
import { refuse } from './refuse.ts';
import { typeRules } from './rights/types.ts';

const at = ['spec', 'teacher'];

/** A teacher as far as it is known before a trainer has it. */
export interface PlannedTeacher {
  /** Feature maps between which the cells have to fit. */
  readonly cuts: readonly Shape[];
  /** Multiply-accumulates for one image; null for layers that are not counted. */
  readonly macs: number | null;
}

/**
 * @throws DomainError SPEC_INVALID, with the path of the field, for a training that makes no sense
 */
export function checkTeacherTraining(teacher: TeacherSpec): void {
  if ('training' in teacher && teacher.training !== null) {
    checkTraining(teacher.training, [...at, teacher.kind, 'training']);
  }
}

/**
 * The teacher that a specification names; null where only a trainer can read it.
 *
 * @throws DomainError with the path of the teacher's field
 */
export async function plannedTeacher(
  context: Context,
  { teacher }: Pick<SearchSpec, 'teacher'>,
  task: Task,
): Promise<PlannedTeacher | null> {
  switch (teacher.kind) {
    case 'train':
    case 'timm': {
      const path = [...at, teacher.kind, 'architecture'];
      return counted(
        under(path, () => networkOf(teacher.architecture)),
        task,
      );
    }
    case 'search':
      return ofSearch(context, teacher, task);
    case 'layersModel':
      return null;
    case 'network':
      return ofNetwork(context, teacher, task);
    default:
      return teacher satisfies never;
  }
}

function counted(network: Network, task: Task): PlannedTeacher {
  return { cuts: networkCuts(network, task.inputSize), macs: networkCost(network, task).macs };
}

async function ofSearch(
  context: Context,
  { searchId }: Extract<TeacherSpec, { kind: 'search' }>,
  task: Task,
): Promise<PlannedTeacher> {
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
  if (dataset.size !== task.inputSize) {
    return refuse(
      'SPEC_INVALID',
      `The teacher of "${search.name}" sees images of ${dataset.size} pixels, this search has ${task.inputSize}.`,
      path,
    );
  }
  return { cuts: stored.cuts, macs: stored.macs };
}

async function ofNetwork(
  context: Context,
  teacher: Extract<TeacherSpec, { kind: 'network' }>,
  task: Task,
): Promise<PlannedTeacher> {
  const path = [...at, 'network'];
  const { database } = context;
  const found = await readNetwork(database, teacher.networkId);
  if (found === null || !(await typeRules.Network(found, context))) {
    return refuse('NOT_FOUND', 'There is no network with this id.', [...path, 'networkId']);
  }
  const { width, depth, training } = teacher;
  if (width !== 1 || depth !== 1) {
    if (training === null) {
      return refuse('SPEC_INVALID', 'A scaled network has no weights yet: it needs `training`.', [
        ...path,
        'training',
      ]);
    }
    const scaled = scaleNetwork(networkOf(found.architecture), { width, depth });
    return counted(scaled, task);
  }
  const retrainings = await retrainingsOf(database, found.id);
  // As trained: with weights of the supernets it has other widths than as found.
  const trained = retrainings.find((each) => each.trained !== null)?.trained;
  if (trained === undefined || trained === null) {
    return refuse('NOT_READY', 'The network is not trained yet.', [...path, 'networkId']);
  }
  const dataset = await datasetOf(database, found.searchId);
  if (training === null && dataset !== null && dataset.size !== task.inputSize) {
    return refuse(
      'SPEC_INVALID',
      `The network was trained on images of ${dataset.size} pixels, this search has ${task.inputSize}.`,
      [...path, 'networkId'],
    );
  }
  return counted(networkOf(trained.architecture), task);
}
