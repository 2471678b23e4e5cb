import { type NetworkTraining, recipeOf } from '@blockwise/contracts';
import type { EntryRow } from '@blockwise/db';
import { architectureDifference, type LayerPair, networkOf } from '@blockwise/dna';

/** One figure of two entries; null where an entry lacks it. */
export interface FigurePair {
  readonly name: string;
  readonly a: number | null;
  readonly b: number | null;
}

/** One field in which the trainings of two entries differ, as text. */
export interface FieldPair {
  readonly field: string;
  readonly a: string | null;
  readonly b: string | null;
}

/** Two entries side by side. */
export interface EntryComparison {
  readonly a: EntryRow;
  readonly b: EntryRow;
  /** Of b over a. */
  readonly top1Difference: number;
  /** Deviation of that difference, from those of both means; null when either has a single training. */
  readonly top1DifferenceDeviation: number | null;
  readonly layers: readonly LayerPair[];
  readonly costs: readonly FigurePair[];
  readonly training: readonly FieldPair[];
}

/** @throws DomainError SPACE_SYNTAX when an architecture is not in the grammar */
export function compareEntries(a: EntryRow, b: EntryRow): EntryComparison {
  return {
    a,
    b,
    top1Difference: b.top1 - a.top1,
    top1DifferenceDeviation: deviationOfDifference(a, b),
    layers: architectureDifference(networkOf(a.architecture), networkOf(b.architecture)),
    costs: costPairs(a, b),
    training: trainingDifferences(a.training, b.training),
  };
}

/** Means of independent trainings: the variances of both means add. */
function deviationOfDifference(a: EntryRow, b: EntryRow): number | null {
  if (a.top1Deviation === null || b.top1Deviation === null) return null;
  const ofMean = ({ top1Deviation, trainings }: EntryRow) =>
    (top1Deviation ?? 0) ** 2 / trainings.length;
  return Math.sqrt(ofMean(a) + ofMean(b));
}

function costPairs(a: EntryRow, b: EntryRow): FigurePair[] {
  const names = ['params', 'macs', 'flopsTool', 'activationBytes', 'latencyMs'] as const;
  const hours = (entry: EntryRow, onGpu: boolean) =>
    entry.costs.reduce((sum, cost) => sum + (cost.onGpu === onGpu ? cost.seconds : 0), 0) / 3600;
  return [
    ...names.map((name) => ({ name, a: a[name], b: b[name] })),
    { name: 'gpuHours', a: hours(a, true), b: hours(b, true) },
    { name: 'cpuHours', a: hours(a, false), b: hours(b, false) },
  ];
}

/** Every value that the trainings do not share, of the recipe and around it. */
function trainingDifferences(a: NetworkTraining, b: NetworkTraining): FieldPair[] {
  const [ofA, ofB] = [valuesOf(a), valuesOf(b)];
  return Object.keys(ofA)
    .map((field) => ({ field, a: shown(ofA[field]), b: shown(ofB[field]) }))
    .filter((pair) => pair.a !== pair.b);
}

function valuesOf(training: NetworkTraining): Record<string, unknown> {
  const { recipe, seeds, init, globalDistil } = training;
  // The images are the data set's, whatever the recipe is meant for.
  const { imageSize: _, ...values } = recipeOf(training);
  return { recipe, seeds, init, globalDistil, ...values };
}

function shown(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
