// JavaScript, because the bootstrap checks flags on Node 20 before anything is installed.

/** What can happen to a platform. */
export const faultNames = /** @type {const} */ ([
  'kill-trainer',
  'stop-trainer',
  'pause-trainer',
  'kill-api',
  'kill-web',
  'kill-postgres',
  'cut-trainer',
  'stall-trainer',
  'forget-trainer',
  'cut-api',
  'stall-api',
  'cut-watcher',
  'fill-disk',
  'jump-clock',
  'deliver-twice',
  'poison-queue',
  'pause-search',
]);

/** @typedef {(typeof faultNames)[number]} FaultName */
