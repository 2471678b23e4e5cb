import { type Recipe, recipes } from '@blockwise/contracts';
import { parseNetwork, parseSpace, pathToIndex, type Rating, solve } from '@blockwise/dna';
import { ClassifierTraining } from '../classify/classifier-training.ts';
import { batchOf } from '../classify/colour-images.fixture.ts';
import { Teacher } from '../classify/teacher.ts';
import { CellTraining } from '../distil/cell-training.ts';
import type { FeatureBatch } from '../distil/feature-batch.ts';
import { rateCell } from '../rating/rate-cell.ts';

/** What one engine finds in the tiny search. */
export interface TinySearch {
  /** Of the teacher's training, a loss a step. */
  readonly teacherLosses: number[];
  /** Of each cell's distillation, a loss a step. */
  readonly cellLosses: number[][];
  /** Of each cell, the loss of every path, and half of its 95% confidence interval. */
  readonly ratings: { readonly losses: number[]; readonly errors: number[] }[];
  /** The best network within the budget: the index of its path in each cell. */
  readonly network: number[];
}

const classes = 3;
const imageSize = 6;
const teacherSteps = 12;
const distilSteps = 16;
const ratingBatches = 6;
/** Images of a step; and of a rated batch. */
const batch = 12;

const teacherNetwork = parseNetwork(
  'cn_k3_s1_c6 | ir_k3_s2_e2_c8_se0.25 | ir_k3_s1_e2_c8_se0.25 | hd_c16',
);
const space = parseSpace(`
  stem cn_k3_s1_c6
  ops ir_k3_e2_se0.25 ir_k5_e2_se0.25 ir_k3_e4 ir_k7_e2_nre
  block n2_c8_s2
  block n2_c6_s1
  head hd_c16
`);
const recipe: Recipe = { ...recipes['small@1'], learningRate: 0.01, dropout: 0 };

/**
 * A whole search in its smallest form, on the open engine and by the code of every search: a teacher
 * is trained on images of 6×6, two cells of 16 paths learn its blocks, all paths are rated, and the
 * best network within a budget is found. All randomness comes from fixed seeds.
 */
export async function runTinySearch(): Promise<TinySearch> {
  const { teacher, losses: teacherLosses } = await trainTeacher();
  try {
    const cellLosses: number[][] = [];
    const ratings: TinySearch['ratings'] = [];
    const rated: Rating[] = [];
    for (const block of [0, 1]) {
      const { training, losses } = await distil(teacher, block);
      const { losses: paths, errors } = await rate(teacher, block, training);
      training.dispose();
      cellLosses.push(losses);
      rated.push({ block, cell: 0, losses: paths });
      ratings.push({ losses: [...paths], errors: [...errors] });
    }
    const task = { inputSize: imageSize, classes };
    const [best] = solve(space, task, rated, { constraints: { params: { max: 3000 } }, topK: 1 });
    if (best === undefined) throw new Error('a search without an answer throws');
    const network = best.choices.map(({ path }, block) => pathToIndex(space, block, 0, path));
    return { teacherLosses, cellLosses, ratings, network };
  } finally {
    teacher.dispose();
  }
}

async function trainTeacher(): Promise<{ teacher: Teacher; losses: number[] }> {
  const training = new ClassifierTraining({
    ...{ network: teacherNetwork, classes, imageSize, seed: 4, recipe },
    ...{ totalSteps: teacherSteps, stepsPerEpoch: teacherSteps },
  });
  const losses: number[] = [];
  try {
    for (let step = 0; step < teacherSteps; step++) {
      losses.push((await training.step({ ...batchOf(step, batch), step })).loss);
    }
    const weights = await training.weights();
    const teacher = Teacher.fromWeights({ network: teacherNetwork, classes, imageSize, weights });
    return { teacher, losses };
  } finally {
    training.dispose();
  }
}

async function distil(teacher: Teacher, block: number) {
  const training = new CellTraining({
    ...{ space, block, cell: 0, seed: 5 },
    teacherIn: block === 0 ? teacher.image : shapeAt(teacher, block),
    teacherOut: shapeAt(teacher, block + 1),
    schedule: {
      ...{ kind: 'constant', learningRate: 0.005, warmupSteps: 0, decay: 1 },
      ...{ totalSteps: distilSteps, stepsPerEpoch: distilSteps },
    },
  });
  const losses: number[] = [];
  for (let step = 0; step < distilSteps; step++) {
    const features = await featuresOf(teacher, block, 100 + step);
    losses.push((await training.step({ ...features, step })).loss);
  }
  return { training, losses };
}

async function rate(teacher: Teacher, block: number, { supernet }: CellTraining) {
  const seeds = Array.from({ length: ratingBatches }, (_, i) => 200 + i);
  const { losses, errors } = await rateCell({
    supernet,
    calibration: await featuresOf(teacher, block, 300),
    batches: await Promise.all(seeds.map((seed) => featuresOf(teacher, block, seed))),
  });
  if (errors === null) throw new Error('several batches have an interval');
  return { losses, errors };
}

async function featuresOf(teacher: Teacher, block: number, seed: number): Promise<FeatureBatch> {
  const { x } = batchOf(seed, batch);
  const cuts = block === 0 ? [1] : [block, block + 1];
  const maps = await teacher.features(x, batch, cuts);
  const [before = x, after = x] = block === 0 ? [x, ...maps] : maps;
  return { x: before, y: after, count: batch };
}

function shapeAt({ cuts }: Teacher, cut: number) {
  const shape = cuts[cut];
  if (shape === undefined) throw new Error(`the teacher has no cut ${cut}`);
  return shape;
}
