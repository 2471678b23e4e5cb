import { DomainError } from '@blockwise/contracts';
import type { Engine, EngineOptions } from './engine.ts';

export async function openTensorflow(_options: EngineOptions): Promise<Omit<Engine, 'name'>> {
  throw new DomainError('ENGINE_UNAVAILABLE', 'There is no native TensorFlow on this machine.');
}
