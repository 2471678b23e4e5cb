import type { EngineName } from '@blockwise/contracts';
import { chooseEngine, type EngineOptions } from '@blockwise/engine';
import type { TrainerEnv } from './env.ts';
import type { Logger } from './log.ts';

/**
 * The engine of a trainer's configuration. What `auto` passed over is logged with the reason.
 *
 * @throws DomainError ENGINE_UNAVAILABLE when none can train here
 */
export async function engineFor(
  engine: TrainerEnv['engine'],
  options: EngineOptions,
  log: Logger,
): Promise<EngineName> {
  if (engine !== 'auto') return engine;
  const { name, passedOver } = await chooseEngine(options);
  for (const { name: other, reason } of passedOver) {
    log.info({ engine: other, reason }, 'engine passed over');
  }
  return name;
}
