export type { NamedArray, NamedArrays } from './artifacts/named-arrays.ts';
export { readSafetensors, type Safetensors, writeSafetensors } from './artifacts/safetensors.ts';
export type { SafetensorsMetadata } from './artifacts/safetensors-header.ts';
export { readTensorFile } from './artifacts/tensor-file.ts';
export {
  autoCandidates,
  bestOf,
  chooseEngine,
  type EngineChoice,
  timedOnProcessor,
} from './backends/choose-engine.ts';
export type { Engine, EngineOptions } from './backends/engine.ts';
export { nativeFolder } from './backends/native-folder.ts';
export { openEngine } from './backends/open.ts';
export { type SelfTestOptions, selfTest } from './backends/self-test.ts';
export { type OracleReport, passed, type SelfTestReport } from './backends/self-test-report.ts';
export {
  type NativeRecord,
  nativeBindingFile,
  nativeRecordFile,
  readNativeRecord,
  tensorflowFolder,
} from './backends/tensorflow/native-record.ts';
export {
  type ClassifierOptions,
  type ClassifierStep,
  ClassifierTraining,
} from './classify/classifier-training.ts';
export type { LabelledBatch, SoftBatch, TrainingBatch } from './classify/labelled-batch.ts';
export type { Distillation } from './classify/network-distillation.ts';
export { Teacher, type TeacherOptions } from './classify/teacher.ts';
export { type CutOut, type CutOutOptions, cutOut } from './cut-out/cut-out.ts';
export { type CellStep, CellTraining, type CellTrainingOptions } from './distil/cell-training.ts';
export type { FeatureBatch } from './distil/feature-batch.ts';
export type { PathTrainingOptions } from './distil/path-training.ts';
export type {
  Pool,
  PooledPath,
} from './distil/prefix-pool.ts';
export { asPrefix, type PrefixPlace } from './distil/prefix-supernets.ts';
export { StageTraining, type StageTrainingOptions } from './distil/stage-training.ts';
export { type CalibrationImages, StudentPrefix } from './distil/student-prefix.ts';
export { packFiles } from './export/archive.ts';
export { exportNetwork } from './export/export-network.ts';
export type { ExportSubject } from './export/subject.ts';
export { type LatencyOptions, measureLatency } from './latency/measure-latency.ts';
export { evenParts } from './memory/even-parts.ts';
export { MicroBatch, type MicroBatchOptions } from './memory/micro-batch.ts';
export { isOutOfMemory } from './memory/out-of-memory.ts';
export type { OptimizerSettings } from './optimizer/optimizer.ts';
export {
  distilSchedule,
  learningRateAt,
  type Schedule,
} from './optimizer/schedule.ts';
export type { TeacherSuffix } from './rating/batch-measure.ts';
export { type PathLossOptions, type PathOutput, pathLoss, pathOutput } from './rating/path-loss.ts';
export { type CellRating, type RateOptions, rateCell } from './rating/rate-cell.ts';
export type { BatchSource } from './rating/rating-sets.ts';
export { CellSupernet, type FeatureShape, type SupernetOptions } from './supernet.ts';
export type { FeatureTeacher } from './teachers/feature-teacher.ts';
export {
  type LayersModelFile,
  packLayersModel,
  readLayersModel,
  unpackLayersModel,
} from './teachers/layers-model-file.ts';
export { type LayersModelOptions, LayersModelTeacher } from './teachers/layers-model-teacher.ts';
export { readTimm, type TimmOptions, writeTimm } from './timm/timm.ts';
