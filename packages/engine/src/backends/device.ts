import { DomainError, type EngineName } from '@blockwise/contracts';
import type { EngineOptions } from './engine.ts';

/** Whether an engine computes on one of several devices. */
export function runsOnGpu(name: EngineName): boolean {
  return name === 'tensorflow' || name === 'webgpu';
}

/** @throws DomainError BAD_INPUT for a device of an engine that has none */
export function checkDevice(name: EngineName, { device }: EngineOptions): void {
  if (device === undefined || runsOnGpu(name)) return;
  throw new DomainError(
    'BAD_INPUT',
    `The engine ${name} runs on the processor: it has no device ${device}. Leave the device out, ` +
      `or choose tensorflow or webgpu.`,
    { path: ['device'] },
  );
}
