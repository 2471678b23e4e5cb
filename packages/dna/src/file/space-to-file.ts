import { Document } from 'yaml';
import { defaultFrame } from '../frame-grammar.ts';
import { printHead } from '../head-grammar.ts';
import { printLayer, printOp } from '../layer-grammar.ts';
import { printOps, usualOps } from '../space-grammar.ts';
import type { CellTemplate, SearchSpace } from '../types.ts';
import type { SpaceFormat } from './read-space-file.ts';

/** The text of a file that `readSpaceFile` reads back as the same space. */
export function spaceToFile(space: SearchSpace, format: SpaceFormat): string {
  if (format === 'json') {
    return `${JSON.stringify(fileOf(space, plain), null, 2)}\n`;
  }
  const document = new Document();
  // One line for each cell.
  document.contents = document.createNode(
    fileOf(space, (cell) => document.createNode(plain(cell), { flow: true })),
  );
  return document.toString();
}

const plain = ({ layers, channels, stride }: CellTemplate) => ({ layers, channels, stride });

function fileOf(space: SearchSpace, printCell: (cell: CellTemplate) => unknown) {
  const { padding, epsilon } = space.frame;
  const isDefault = padding === defaultFrame.padding && epsilon === defaultFrame.epsilon;
  const usual = usualOps(space);
  return {
    ...(isDefault ? {} : { frame: { padding, epsilon } }),
    stem: space.stem.map(printLayer),
    ops: usual.split(' '),
    blocks: space.blocks.map(({ ops, cells }) => ({
      ...(printOps(ops) === usual ? {} : { ops: ops.map(printOp) }),
      cells: cells.map(printCell),
    })),
    head: printHead(space.head),
  };
}
