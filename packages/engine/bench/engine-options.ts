import type { EngineOptions } from '../src/index.ts';

/** How the bench opens engines: software for WebGPU where the trainer would take it too. */
export const benchEngineOptions: EngineOptions = {
  allowSoftware: process.env.ALLOW_SOFTWARE_GPU === 'true',
};
