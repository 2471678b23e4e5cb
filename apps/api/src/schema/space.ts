import {
  type CellTemplate,
  pathCount,
  printLayer,
  printOp,
  printSpace,
  type SearchSpace,
  spaceSize,
  spaceToFile,
} from '@blockwise/dna';
import type { CostRanges } from '../cost-ranges.ts';
import { readSpace, shippedSpaces } from '../read-space.ts';
import { type ApiTypes, builder } from './builder.ts';
import { checkedTask, taskArgs } from './task-args.ts';

interface BlockValue {
  readonly space: SearchSpace;
  readonly block: number;
}

const SpaceCellObject = builder
  .objectRef<CellTemplate & { cell: number; paths: number }>('SpaceCell')
  .implement({
    description: 'One depth and width that a block can have.',
    fields: (t) => ({
      index: t.int({
        description: 'Number of the cell in its block, from 1.',
        resolve: ({ cell }) => cell + 1,
      }),
      layers: t.exposeInt('layers', { description: 'Layers; each may be any op of the block.' }),
      channels: t.exposeInt('channels', {
        description: 'Width of its layers in the final network.',
      }),
      stride: t.exposeInt('stride', { description: 'Stride of its first layer.' }),
      candidateCount: t.exposeInt('paths', { description: 'Paths through the cell.' }),
    }),
  });

type BlockFields = Pick<
  PothosSchemaTypes.ObjectFieldBuilder<PothosSchemaTypes.ExtendDefaultTypes<ApiTypes>, BlockValue>,
  'int' | 'stringList' | 'field'
>;

/** What every block of a space has, by itself or beside a teacher's. */
export function blockFields(t: BlockFields) {
  return {
    index: t.int({
      description: 'Number of the block, from 1.',
      resolve: ({ block }) => block + 1,
    }),
    ops: t.stringList({
      description: 'Candidate operations in the grammar; a path names them by index.',
      resolve: ({ space, block }) => (space.blocks[block]?.ops ?? []).map(printOp),
    }),
    cells: t.field({
      type: [SpaceCellObject],
      description: 'The depths and widths it can have.',
      resolve: ({ space, block }) =>
        (space.blocks[block]?.cells ?? []).map((template, cell) => ({
          ...template,
          cell,
          paths: pathCount(space, block, cell),
        })),
    }),
  };
}

const SpaceBlockObject = builder.objectRef<BlockValue>('SpaceBlock').implement({
  description: 'A stretch of the network that is searched by itself.',
  fields: blockFields,
});

const CostRangeObject = builder.objectRef<{ min: number; max: number }>('CostRange').implement({
  description: 'Least and greatest cost over all networks of a space.',
  fields: (t) => ({
    min: t.expose('min', { type: 'BigInt', description: 'Of the cheapest network.' }),
    max: t.expose('max', { type: 'BigInt', description: 'Of the most costly network.' }),
  }),
});

export const CostRangesObject = builder.objectRef<CostRanges>('CostRanges').implement({
  description: 'What the networks of a space cost, each cost by itself.',
  fields: (t) => ({
    params: t.expose('params', { type: CostRangeObject, description: 'Learnable scalars.' }),
    macs: t.expose('macs', {
      type: CostRangeObject,
      description: 'Multiply-accumulates per image.',
    }),
    flopsTool: t.expose('flopsTool', {
      type: CostRangeObject,
      description: "The cost in the convention of the DNA paper's tables.",
    }),
    activationBytes: t.expose('activationBytes', {
      type: CostRangeObject,
      description: 'Bytes of all feature maps of one image.',
    }),
  }),
});

export const SpaceObject = builder.objectRef<SearchSpace>('Space').implement({
  description: 'A search space: every block is any of its cells, every layer any of its ops.',
  fields: (t) => ({
    text: t.string({
      description: 'The space in the grammar, as a specification takes it.',
      resolve: printSpace,
    }),
    yaml: t.string({
      description: 'The space as a file in YAML.',
      resolve: (space) => spaceToFile(space, 'yaml'),
    }),
    json: t.string({
      description: 'The space as a file in JSON.',
      resolve: (space) => spaceToFile(space, 'json'),
    }),
    size: t.field({
      type: 'BigInt',
      description: 'Networks in the space, exactly.',
      resolve: spaceSize,
    }),
    stem: t.stringList({
      description: 'Layers before the first block.',
      resolve: ({ stem }) => stem.map(printLayer),
    }),
    blocks: t.field({
      type: [SpaceBlockObject],
      description: 'Blocks with their cells and ops, in order.',
      resolve: (space) => space.blocks.map((_, block) => ({ space, block })),
    }),
    cellCount: t.int({
      description: 'Cells of all blocks: each gets a supernet of its own.',
      resolve: ({ blocks }) => blocks.reduce((sum, { cells }) => sum + cells.length, 0),
    }),
    candidateCount: t.field({
      type: 'BigInt',
      description: 'Paths of all cells: each is rated.',
      resolve: (space) =>
        space.blocks
          .flatMap(({ cells }, block) => cells.map((_, cell) => pathCount(space, block, cell)))
          .reduce((sum, paths) => sum + paths, 0),
    }),
    costs: t.field({
      type: CostRangesObject,
      description: 'What its networks cost for images of a size and a number of classes.',
      args: taskArgs(t),
      resolve: (space, task, { solver }) => solver.run('costRanges', space, checkedTask(task)),
    }),
  }),
});

const SpacePresetObject = builder
  .objectRef<(typeof shippedSpaces)[number]>('SpacePreset')
  .implement({
    description: 'A search space that is there by its name.',
    fields: (t) => ({
      name: t.exposeString('name', { description: 'What a specification calls it.' }),
      description: t.exposeString('description', { description: 'What it is, with its source.' }),
      inputSize: t.exposeInt('inputSize', {
        description: 'Height and width of the images that it is made for, pixels.',
      }),
      space: t.expose('space', { type: SpaceObject, description: 'The space.' }),
    }),
  });

export const SpaceSourceInput = builder.inputType('SpaceSourceInput', {
  isOneOf: true,
  description: 'A search space in one of its forms: exactly one of these.',
  fields: (t) => ({
    text: t.string({ description: 'In the grammar, or the name of a preset.' }),
    yaml: t.string({ description: 'A space file in YAML.' }),
    json: t.string({ description: 'A space file in JSON.' }),
  }),
});

builder.queryFields((t) => ({
  spacePresets: t.field({
    type: [SpacePresetObject],
    description: 'The search spaces that a specification can name.',
    resolve: () => [...shippedSpaces],
  }),
  describeSpace: t.field({
    type: SpaceObject,
    description:
      'Checks a search space of your own and tells its size, cells and costs. SPACE_SYNTAX with the ' +
      "place when it does not follow the grammar or the file's form.",
    args: {
      space: t.arg({ type: SpaceSourceInput, required: true, description: 'The space.' }),
    },
    resolve: (_root, { space }) => readSpace(space),
  }),
}));
