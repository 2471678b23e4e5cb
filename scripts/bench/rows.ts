import type { DecodeWorkload } from '../../packages/datasets/bench/decode-workload.ts';
import { solverQuestions } from '../../packages/dna/bench/solver.ts';
import { type StepPlan, stepPlans } from '../../packages/engine/bench/step-plan.ts';
import type { Command } from './contender.ts';
import { decodeCommand, type Found, solverCommand } from './contenders.ts';
import type { RowName } from './row-names.mjs';

/** One line of a row: a workload in a process. */
export interface EntryPlan {
  readonly name: string;
  readonly command: Command;
  readonly workload: string;
  readonly plan?: StepPlan;
  /** Name of the entry that its time is held against; null for the first to be held against. */
  readonly against: string | null;
}

export interface RowPlan {
  readonly name: RowName;
  readonly title: string;
  readonly entries: readonly EntryPlan[];
}

type StepRow = keyof ReturnType<typeof stepPlans>;

const stepTitles: Record<StepRow, string> = {
  distil: 'Distillation step: 4 × ir_k5_e6_se0.25, 14×14, 40 → 80 channels, batch 32',
  'distil-one': 'The same step with a single image',
  'distil-small':
    'Distillation step of block 2 of small-32: 8×8, 32 → 48 channels, batch 64, six paths (fair)',
  retrain: 'Retraining step: a network of small-32, 32×32 pixels, batch 64, AdamW',
  'distil-large':
    'Distillation step of block 4 of dna-single: 14×14, 160 → 224 channels, k5 e6, batch 256',
  'retrain-large': 'Retraining step: DNA-a, 224×224 pixels, 1,000 classes, batch 64, AdamW',
};

interface Choice {
  readonly found: readonly Found[];
  /** Whether contenders that need minutes take part in `distil`. */
  readonly slow: boolean;
}

/** What a row measures of what was found; null where none of it can take part. */
export function planRow(name: RowName, choice: Choice): RowPlan | null {
  const plan = rowOf(name, choice);
  return plan.entries.length === 0 ? null : plan;
}

function rowOf(name: RowName, choice: Choice): RowPlan {
  const fast = choice.found.filter(({ slow }) => !slow);
  switch (name) {
    case 'distil':
      return stepRow(name, choice.slow ? choice.found : fast);
    case 'distil-one':
      return stepRow(name, choice.found);
    case 'distil-small':
    case 'retrain':
      return stepRow(name, fast);
    case 'distil-large':
    case 'retrain-large':
      return stepRow(
        name,
        choice.found.filter(({ onGpu }) => onGpu),
      );
    case 'rating':
      return {
        name,
        title: 'Rating of a cell: all 1,296 paths of 4 layers × 6 ops, prefixes shared or not',
        entries: pairs(poolsOnce(fast), ['shared', 'unshared'], 'rating'),
      };
    case 'slots':
      return {
        name,
        title: 'Slots: cells that train at once, 4 steps of the row distil each',
        entries: pairs(
          poolsOnce(fast).filter(({ onGpu }) => !onGpu),
          ['1', '2'],
          'slots',
        ),
      };
    case 'solver':
      return { name, title: solverTitle, entries: solverQuestions.map(solverEntry) };
    case 'traversal':
      return {
        name,
        title: 'Best network of 40 synthetic instances of 36 × 96 × 96 × 96 × 96 paths',
        entries: [
          { ...search('exact', 'traversal-exact'), against: null },
          { ...search('released heuristic', 'traversal-released'), against: 'exact' },
        ],
      };
    case 'decode':
      return {
        name,
        title: 'Decoding JPEG files of 500×375 pixels to 224×224, 256 of them',
        entries: [
          decoding('sharp alone', 'sharp', null),
          decoding('pipeline', 'pipeline', 'sharp alone'),
          decoding('pipeline, dna2020', 'pipeline-dna2020', 'sharp alone'),
        ],
      };
    default:
      return unknownRow(name);
  }
}

const solverTitle =
  'Exact search in dna-multi, 195,898,498,887,057,408 networks; the best 5 within bounds, or a front';

function solverEntry(question: (typeof solverQuestions)[number]): EntryPlan {
  const [first] = solverQuestions;
  return { ...search(question, question), against: question === first ? null : (first ?? null) };
}

function decoding(name: string, workload: DecodeWorkload, against: string | null): EntryPlan {
  return { name, command: decodeCommand, workload, against };
}

function search(name: string, workload: string): Omit<EntryPlan, 'against'> {
  return { name, command: solverCommand, workload };
}

/** A step on each of them, held against wasm where it takes part, else against the first. */
function stepRow(name: StepRow, contenders: readonly Found[]): RowPlan {
  const plan = stepPlans()[name];
  const baseline = contenders.find(({ engine }) => engine === 'wasm') ?? contenders[0];
  const entries = contenders.map((contender) => ({
    ...{ name: contender.name, command: contender.command, workload: name },
    ...(contender.engine === 'pytorch' ? { plan } : {}),
    against: contender === baseline ? null : (baseline?.name ?? null),
  }));
  return { name, title: stepTitles[name], entries };
}

/** Two workloads on each engine, the second held against the first. */
function pairs(
  contenders: readonly Found[],
  [first, second]: readonly [string, string],
  workload: string,
): EntryPlan[] {
  return contenders.flatMap(({ name, command }) => [
    { name: `${name}, ${first}`, command, workload: `${workload}-${first}`, against: null },
    {
      ...{ name: `${name}, ${second}`, command, workload: `${workload}-${second}` },
      against: `${name}, ${first}`,
    },
  ]);
}

/** The engines of ours, with all threads where they have pools of them. */
function poolsOnce(contenders: readonly Found[]): Found[] {
  return contenders.filter(({ name, engine }) => engine === name && engine !== 'pytorch');
}

function unknownRow(name: never): never {
  throw new Error(`There is no row ${String(name)}.`);
}
