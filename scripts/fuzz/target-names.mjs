// JavaScript, because the bootstrap checks flags on Node 20 before anything is installed.

/** What is fed with input that somebody may have made to do harm, or by mistake. */
export const targetNames = /** @type {const} */ ([
  'graphql',
  'specification',
  'architecture',
  'safetensors',
  'layers-model',
  'checkpoint',
  'image',
  'job-payload',
]);

/** @typedef {(typeof targetNames)[number]} TargetName */
