export { assemble, cellLayers } from './assemble.ts';
export { type CostColumns, cellCostColumns, cellCosts } from './cell-costs.ts';
export { checkFit } from './fit.ts';
export { type LayerCost, layerCost, seWidth, sizeAfter, sumCosts } from './layer-cost.ts';
export { parseLayer, parseOp, printLayer, printOp } from './layer-grammar.ts';
export { headCost, type LayerRow, networkCost, networkCuts, type Task } from './network-cost.ts';
export { parseNetwork, printNetwork } from './network-grammar.ts';
export { pathCount, pathFromIndex, pathToIndex, printPath, spaceSize } from './paths.ts';
export { dnaMulti, dnaRank4, dnaSingle, paperOps } from './presets.ts';
export { efficientNetB0, efficientNetB7 } from './published-networks.ts';
export { createRandom, type Random, samplePath } from './random.ts';
export { kendallTau, pearsonR, spearmanRho } from './rank.ts';
export { checkFeasible } from './search/feasible.ts';
export { paretoFront } from './search/pareto-front.ts';
export { type SolveOptions, solve } from './search/solve.ts';
export { parseSpace, printCell, printSpace } from './space-grammar.ts';
export type {
  Bounds,
  CellChoice,
  CellTemplate,
  Constraints,
  ConvLayer,
  Cost,
  CostAxis,
  InvertedResidualLayer,
  Layer,
  Network,
  Op,
  Path,
  Rating,
  SearchSpace,
  SeparableLayer,
  Solution,
} from './types.ts';
