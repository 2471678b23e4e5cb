import { z } from 'zod';

/** What computes. The first one that passes its self-test is the best. */
export const engineNames = ['tensorflow', 'webgpu', 'wasm', 'cpu'] as const;
export const engineName = z.enum(engineNames);
export type EngineName = z.infer<typeof engineName>;
