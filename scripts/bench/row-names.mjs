// JavaScript, because the bootstrap checks flags on Node 20 before anything is installed.

/** What `--only` takes; those of GPUs come with `--gpu`. */
export const rowNames = /** @type {const} */ ([
  'distil',
  'distil-one',
  'distil-small',
  'rating',
  'retrain',
  'slots',
  'decode',
  'solver',
  'traversal',
]);

export const gpuRowNames = /** @type {const} */ (['distil-large', 'retrain-large']);

/** What `--engines` takes: the engines, and PyTorch to compare with. */
export const benchEngines = /** @type {const} */ ([
  'tensorflow',
  'webgpu',
  'wasm',
  'cpu',
  'pytorch',
]);

/** @typedef {(typeof rowNames)[number] | (typeof gpuRowNames)[number]} RowName */
/** @typedef {(typeof benchEngines)[number]} BenchEngine */
