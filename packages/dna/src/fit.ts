import { DomainError } from '@blockwise/contracts';
import { printOp } from './layer-grammar.ts';
import { networkCuts, type Shape } from './network-cost.ts';
import { opsOf } from './paths.ts';
import type { CellTemplate, Op, SearchSpace } from './types.ts';
import { hiddenWidth, sizeAfter } from './widths.ts';

/**
 * Checks that every cell fits between the teacher's cut points: as many blocks, and from the
 * teacher's feature map before a block (for the first block: from the space's own stem) each cell
 * reaches the size of the teacher's feature map after it. Widths need not agree, because the last
 * layer of a cell projects to the teacher's; but every operation needs a hidden width of at least
 * 1, between the teacher's maps as well as in the final network.
 *
 * @param cuts the teacher's maps after its stem and after every block
 * @throws DomainError SPACE_MISFIT that says what is wrong (number of blocks, stride, shape or
 *   width) with both shapes; path ['space', 'blocks', b, 'cells', c] for a cell
 */
export function checkFit(space: SearchSpace, cuts: readonly Shape[], inputSize: number): void {
  const [first] = misfits(space, cuts, inputSize);
  if (first !== undefined) throw first;
}

/** Everything that {@link checkFit} has against a space: one fault for each cell that does not fit. */
export function misfits(
  space: SearchSpace,
  cuts: readonly Shape[],
  inputSize: number,
): DomainError[] {
  if (space.blocks.length !== cuts.length - 1) return [otherCount(space, cuts)];
  const [ownStem] = networkCuts({ stem: space.stem, blocks: [] }, inputSize);
  const found: DomainError[] = [];
  /** Widths with which the final network can enter the block. */
  let entering = ownStem === undefined ? [] : [ownStem.channels];
  for (const [b, { cells }] of space.blocks.entries()) {
    const before = b === 0 ? ownStem : cuts[b];
    const after = cuts[b + 1];
    if (before === undefined || after === undefined) {
      throw new Error(`no cut point around block ${b}`);
    }
    const source = b === 0 ? "the space's stem" : `the teacher's block ${b}`;
    for (const [c, cell] of cells.entries()) {
      const place = { b, c, cell, before, after, source };
      const problem =
        sizeProblem(place) ?? widthProblem(place, opsOf(space, b), [before.channels, ...entering]);
      if (problem !== null) found.push(misfit(place, problem));
    }
    entering = cells.map(({ channels }) => channels);
  }
  return found;
}

/** Names the first block without a partner, and the teacher's maps around that place. */
function otherCount({ blocks }: SearchSpace, cuts: readonly Shape[]): DomainError {
  const teacherBlocks = cuts.length - 1;
  const last = Math.min(blocks.length, teacherBlocks);
  const [before, after] = cuts.slice(last);
  if (before === undefined) throw new Error('a teacher has a map after its stem');
  const place =
    after === undefined
      ? `Block ${last + 1} of the space has none of the teacher's beside it: the teacher ends in ` +
        `${written(before)}.`
      : `Block ${last + 1} of the teacher, from ${written(before)} to ${written(after)}, has none ` +
        `of the space's beside it.`;
  return new DomainError(
    'SPACE_MISFIT',
    `The space has ${blocks.length} blocks, the teacher ${teacherBlocks}. ${place}`,
    { path: ['space', 'blocks'] },
  );
}

/** One cell between two maps of the teacher. */
interface Place {
  b: number;
  c: number;
  cell: CellTemplate;
  before: Shape;
  after: Shape;
  source: string;
}

function sizeProblem(place: Place): string | null {
  const { b, cell, before, after, source } = place;
  const size = sizeAfter(before.size, cell.stride);
  if (size === after.size) return null;
  const other = cell.stride === 1 ? 2 : 1;
  const remedy =
    sizeAfter(before.size, other) === after.size
      ? `A stride of ${other} would fit.`
      : 'No stride of 1 or 2 fits between these shapes.';
  return (
    `stride ${cell.stride} makes ${written({ size, channels: cell.channels })} of ` +
    `${written(before)} (${source}), but the teacher's block ${b + 1} ends in ` +
    `${written(after)}. ${remedy}`
  );
}

function widthProblem(
  place: Place,
  ops: readonly Op[],
  firstInputs: readonly number[],
): string | null {
  const { cell, before, after, source } = place;
  const inputs = cell.layers === 1 ? firstInputs : [...firstInputs, cell.channels];
  for (const op of ops) {
    for (const inChannels of inputs) {
      for (const channels of [cell.channels, after.channels]) {
        if (hiddenWidth({ ...op, channels }, inChannels) >= 1) continue;
        return (
          `${printOp(op)} has a hidden width of 0 from ${inChannels} to ${channels} channels, in a ` +
          `cell of ${cell.channels} channels between ${written(before)} (${source}) and the ` +
          `teacher's ${written(after)}. A larger expansion or more channels would fit.`
        );
      }
    }
  }
  return null;
}

function misfit({ b, c }: Place, problem: string): DomainError {
  return new DomainError('SPACE_MISFIT', `Block ${b + 1}, cell ${c + 1}: ${problem}`, {
    path: ['space', 'blocks', b, 'cells', c],
  });
}

function written({ size, channels }: Shape): string {
  return `${size}×${size}×${channels}`;
}
