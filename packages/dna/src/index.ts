export { assemble, cellLayers } from './assemble.ts';
export { boundaryShapes } from './boundaries.ts';
export { type CostColumns, cellCostColumns, cellCosts } from './cell-costs.ts';
export {
  architectureDifference,
  type LayerChange,
  type LayerPair,
} from './comparison/architecture-difference.ts';
export { hypervolumes } from './comparison/hypervolume.ts';
export { jaccard } from './comparison/jaccard.ts';
export { type OpFrequency, opFrequencies } from './comparison/op-frequency.ts';
export { type DnaNetwork, dnaNetworks } from './dna-networks.ts';
export { parseEncoding, printEncoding } from './encoding.ts';
export { encodingDistance } from './encoding-distance.ts';
export { readSpaceFile, type SpaceFormat } from './file/read-space-file.ts';
export { spaceToFile } from './file/space-to-file.ts';
export { checkFit, misfits } from './fit.ts';
export { defaultFrame, tensorFlowFrame } from './frame-grammar.ts';
export type { HeadPart } from './head.ts';
export {
  type LatencyItem,
  latencyItems,
  latencyKey,
  networkLatency,
} from './latency.ts';
export { type LayerCost, layerCost } from './layer-cost.ts';
export { parseLayer, printLayer, printOp } from './layer-grammar.ts';
export {
  headCost,
  type LayerRow,
  networkCost,
  networkCuts,
  type Shape,
  type Task,
} from './network-cost.ts';
export { parseNetwork, printNetwork } from './network-grammar.ts';
export {
  cellAt,
  opsOf,
  pathCount,
  pathFromIndex,
  pathToIndex,
  printPath,
  spaceSize,
} from './paths.ts';
export { paperOps, type SpacePreset, spaceOf, spacePresets } from './presets.ts';
export { networkOf, type PublishedNetwork, publishedNetworks } from './published-networks.ts';
export { createRandom, type Random, samplePath } from './random.ts';
export { type SampledNetwork, sampleNetworks } from './sample/sample-networks.ts';
export { type Scaling, scaleNetwork } from './scale.ts';
export { checkFeasible } from './search/feasible.ts';
export type { Axis } from './search/measure.ts';
export { type ParetoOptions, paretoFront } from './search/pareto-front.ts';
export { type SolveOptions, solve } from './search/solve.ts';
export { parseSpace, printSpace } from './space-grammar.ts';
export { bestOfRandom } from './statistics/best-of-random.ts';
export type { Estimate } from './statistics/bootstrap.ts';
export {
  type FitLambdasOptions,
  type FittedLambdas,
  fitLambdas,
  type LambdaRow,
} from './statistics/fit-lambdas.ts';
export {
  type Predictor,
  type PredictorReport,
  type RankReport,
  type RankReportOptions,
  type RankRow,
  rankReport,
  type SliceReport,
} from './statistics/rank-report.ts';
export {
  type RankTableFormat,
  type RankTableOptions,
  readRankTable,
} from './statistics/read-rank-table.ts';
export { type SupernetMacs, supernetMacs } from './supernet-macs.ts';
export {
  type Activation,
  type BottleneckLayer,
  type Bounds,
  type CellChoice,
  type CellTemplate,
  type Constraints,
  type ConvLayer,
  type Cost,
  type CostAxis,
  costAxes,
  type Frame,
  type FusedLayer,
  type Head,
  type InvertedResidualLayer,
  type LatencyTable,
  type Layer,
  type Network,
  type Op,
  type Path,
  type PoolLayer,
  type Rating,
  type SearchSpace,
  type SeparableLayer,
  type Solution,
  type Squeeze,
} from './types.ts';
export {
  hiddenWidth,
  imageChannels,
  sizeAfter,
  squeezeWidth,
} from './widths.ts';
