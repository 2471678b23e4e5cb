import { DomainError } from '@blockwise/contracts';
import {
  cellAt,
  cellLayers,
  type Layer,
  opsOf,
  type Path,
  pathCount,
  type SearchSpace,
  sizeAfter,
} from '@blockwise/dna';
import type * as tf from '@tensorflow/tfjs-core';
import { buildLayer, buildStem } from './layers/build.ts';
import type { ForwardMode } from './layers/forward-mode.ts';
import { Initialiser } from './layers/initialise.ts';
import type { LayerModule } from './layers/module.ts';
import { stemNames } from './layers/names.ts';
import { type Parameter, ParameterStore } from './layers/parameter-store.ts';
import { runLayers } from './layers/run-layers.ts';

/** Channels and side length of a square feature map. */
export interface FeatureShape {
  readonly channels: number;
  readonly size: number;
}

export interface SupernetOptions {
  readonly space: SearchSpace;
  /** 0-based; block 0 owns the space's stem. */
  readonly block: number;
  /** 0-based cell of the block. */
  readonly cell: number;
  /** What enters: the teacher's features before the block; for block 0 the image itself. */
  readonly teacherIn: FeatureShape;
  /** The teacher's features after the block: what the cell learns to produce. */
  readonly teacherOut: FeatureShape;
  readonly seed: number | string;
}

/**
 * The weight-sharing network of one cell: every candidate op of every layer, of which one per
 * layer, a path, is used at a time (DNA, section 3.3; Guo et al. 2020 for single paths).
 *
 * There is no adapter between widths: the cell's first layer takes the teacher's width before the
 * block and its last layer projects to the teacher's width after it, so the last layer has a
 * residual only where those happen to agree.
 */
export class CellSupernet {
  readonly space: SearchSpace;
  readonly block: number;
  readonly cell: number;
  readonly teacherIn: FeatureShape;
  readonly teacherOut: FeatureShape;
  /** How many paths the cell has. */
  readonly paths: number;
  readonly store = new ParameterStore();
  readonly #stem: readonly LayerModule[];
  readonly #layers: readonly (readonly LayerModule[])[];

  /** @throws DomainError SPACE_MISFIT when the strides do not lead from one size to the other. */
  constructor({ space, block, cell, teacherIn, teacherOut, seed }: SupernetOptions) {
    this.space = space;
    this.block = block;
    this.cell = cell;
    this.teacherIn = teacherIn;
    this.teacherOut = teacherOut;
    this.paths = pathCount(space, block, cell);
    const initialiser = new Initialiser(this.store, seed);
    this.#stem = buildStem(block === 0 ? space.stem : [], {
      initialiser,
      frame: space.frame,
      imageChannels: teacherIn.channels,
      names: stemNames(space.stem),
    });
    const inChannels = this.#stem.at(-1)?.outChannels ?? teacherIn.channels;
    this.#layers = buildOps(initialiser, { space, block, cell, teacherOut }, inChannels);
    this.#checkSizes();
  }

  /** Layers of the cell, without the stem. */
  get depth(): number {
    return this.#layers.length;
  }

  /** The trained parameters of a path, in the order of use, the stem's first. */
  weights(path: Path): Parameter[] {
    return [...this.#stem, ...this.#modules(path)].flatMap((module) => module.weights);
  }

  /** `x` [batch, size, size, channels] as `teacherIn` → the shape of `teacherOut`. */
  forward(x: tf.Tensor4D, path: Path, mode: ForwardMode): tf.Tensor4D {
    return runLayers(this.#modules(path), this.forwardStem(x, mode), mode);
  }

  /** The stem alone: the image → what enters the first layer. Other blocks pass `x` through. */
  forwardStem(x: tf.Tensor4D, mode: ForwardMode): tf.Tensor4D {
    return runLayers(this.#stem, x, mode);
  }

  /** One layer with one op: a node of the tree of paths. */
  forwardLayer(x: tf.Tensor4D, layer: number, op: number, mode: ForwardMode): tf.Tensor4D {
    return this.#module(layer, op).forward(x, mode);
  }

  dispose(): void {
    this.store.dispose();
  }

  #modules(path: Path): LayerModule[] {
    if (path.length !== this.depth) {
      throw new Error(`A path of ${this.depth} ops is needed, not ${path.length}.`);
    }
    return path.map((op, layer) => this.#module(layer, op));
  }

  #module(layer: number, op: number): LayerModule {
    const module = this.#layers[layer]?.[op];
    if (module === undefined) throw new Error(`There is no op ${op} in layer ${layer}.`);
    return module;
  }

  #checkSizes(): void {
    const { space, block, cell, teacherIn, teacherOut } = this;
    const path = new Array<number>(this.depth).fill(0);
    const layers = cellLayers(space, block, cell, path, teacherOut.channels);
    const strided = block === 0 ? [...space.stem, ...layers] : layers;
    const size = strided.reduce((side, layer) => sizeAfter(side, layer.stride), teacherIn.size);
    if (size === teacherOut.size) return;
    this.dispose();
    throw new DomainError(
      'SPACE_MISFIT',
      `Block ${block + 1}, cell ${cell + 1} makes ${size}×${size} of ` +
        `${teacherIn.size}×${teacherIn.size}, but the teacher's features there are ` +
        `${teacherOut.size}×${teacherOut.size}×${teacherOut.channels}.`,
      { path: ['space', 'blocks', block, 'cells', cell] },
    );
  }
}

/** What the parameters of an op of a layer are named after. */
export function opName(layer: number, op: number): string {
  return `layers.${layer}.${op}`;
}

// modules[layer][op]
function buildOps(
  initialiser: Initialiser,
  place: Pick<SupernetOptions, 'space' | 'block' | 'cell' | 'teacherOut'>,
  inChannels: number,
): LayerModule[][] {
  const { space, block, cell, teacherOut } = place;
  const { frame } = space;
  const depth = cellAt(space, block, cell).layers;
  const layersByOp = opsOf(space, block).map((_, op) =>
    cellLayers(space, block, cell, new Array<number>(depth).fill(op), teacherOut.channels),
  );
  const modules: LayerModule[][] = [];
  let channels = inChannels;
  for (let layer = 0; layer < depth; layer++) {
    const candidates = layersByOp.map((layers, op) => {
      const place = { initialiser, frame, inChannels: channels, name: opName(layer, op), depth: 0 };
      return buildLayer(place, layers[layer] as Layer);
    });
    modules.push(candidates);
    channels = candidates[0]?.outChannels ?? channels;
  }
  return modules;
}

/** As messages name it: height × width × channels. */
export function shapeText({ size, channels }: FeatureShape): string {
  return `${size}×${size}×${channels}`;
}
