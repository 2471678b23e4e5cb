import type { Confusion } from '@blockwise/contracts';
import { type Network, networkCost, networkCuts, printNetwork, type Shape } from '@blockwise/dna';
import {
  type FeatureTeacher,
  type NamedArrays,
  Teacher,
  writeSafetensors,
} from '@blockwise/engine';
import type { SearchData } from './search-data.ts';
import { type TestResult, testClassifier } from './test-classifier.ts';

/** A teacher that is ready to be stored. */
export interface MadeTeacher {
  /** In the grammar; of a LayersModel its name. */
  readonly architecture: string;
  readonly params: number;
  /** Null for a LayersModel, whose layers are not counted. */
  readonly macs: number | null;
  /** From the stem's output on. */
  readonly cuts: readonly Shape[];
  /** On the test part, 0..1; null when it does not tell the data's classes apart. */
  readonly top1: number | null;
  /** Images that it was measured on. */
  readonly testCount: number;
  /** Null as top1. */
  readonly confusion: Confusion | null;
  /** safetensors. */
  readonly weights: Uint8Array;
}

/** Its accuracy on the test part, where it tells the data's classes apart. */
export async function testWherePossible(
  teacher: FeatureTeacher,
  data: SearchData,
): Promise<Pick<MadeTeacher, 'top1' | 'testCount' | 'confusion'>> {
  if (teacher.classes !== data.info.classes.length) {
    return { top1: null, testCount: 0, confusion: null };
  }
  return { ...(await testClassifier(teacher, data)), testCount: data.test.count };
}

/** A network of the grammar whose weights need no training. */
export async function testedNetwork(
  network: Network,
  weights: NamedArrays,
  data: SearchData,
): Promise<MadeTeacher> {
  const { info } = data;
  const known = { network, classes: info.classes.length, imageSize: info.size };
  const teacher = Teacher.fromWeights({ ...known, weights });
  try {
    return madeOfNetwork(network, { weights, ...(await testClassifier(teacher, data)) }, data);
  } finally {
    teacher.dispose();
  }
}

/** A network of the grammar with its weights, as it was tested. */
export function madeOfNetwork(
  network: Network,
  { weights, ...tested }: TestResult & { readonly weights: NamedArrays },
  { info, test }: SearchData,
): MadeTeacher {
  const { params, macs } = networkCost(network, {
    inputSize: info.size,
    classes: info.classes.length,
  });
  const architecture = printNetwork(network);
  return {
    architecture,
    params,
    macs,
    cuts: networkCuts(network, info.size),
    ...tested,
    testCount: test.count,
    weights: writeSafetensors(weights, { architecture }),
  };
}
