// The module imports tfjs's memory, allocates nothing, and keeps nothing between calls: every
// address, scratch included, comes from the caller.

export { adamStep } from './adam';
export { affineActivation } from './affine';
export { batchNormTrain } from './batch-norm';
export { batchNormTrainGrad } from './batch-norm-grad';
export { conv, convFilterGrad, convInputGrad } from './conv-patches';
export { depthwise, depthwiseInputGrad } from './depthwise';
export { depthwiseFilterGrad } from './depthwise-filter-grad';
export { gatedPointwise, gatedPointwiseGrad } from './gated-pointwise';
export { absoluteErrorMean, squaredErrorMean, squaredErrorMeanGrad } from './loss';
export { matMulColumns, matMulRows } from './mat-mul';
export { normDepthwise } from './norm-depthwise';
export { normDepthwiseGrad } from './norm-depthwise-grad';
export { channelGate, channelGateGrad, spatialMean, spatialMeanGrad } from './spatial';
