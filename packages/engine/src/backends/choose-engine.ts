import { DomainError, type EngineName, engineNames } from '@blockwise/contracts';
import { runsOnGpu } from './device.ts';
import type { EngineOptions } from './engine.ts';
import { selfTest } from './self-test.ts';
import { passed, type SelfTestReport } from './self-test-report.ts';

/** The engine that `auto` stands for on this machine. */
export interface EngineChoice {
  readonly name: EngineName;
  /** What was tried before it, in this order, each with the reason why it was passed over. */
  readonly passedOver: readonly SelfTestReport[];
}

let chosen: { readonly options: string; readonly choice: Promise<EngineChoice> } | null = null;

/**
 * The best engine that passes its self-test: tensorflow, then webgpu, then wasm; `cpu` is for
 * reference values. With a `device` asked for, only those that run on one. The answer holds for the
 * life of the process.
 *
 * @throws DomainError ENGINE_UNAVAILABLE with every reason, when none does
 */
export function chooseEngine(options: EngineOptions = {}): Promise<EngineChoice> {
  const key = JSON.stringify(options);
  if (chosen?.options !== key) chosen = { options: key, choice: choose(options) };
  return chosen.choice;
}

/** What `auto` tries, in this order. */
export function autoCandidates({ device }: EngineOptions): EngineName[] {
  return engineNames.filter((name) => (device === undefined ? name !== 'cpu' : runsOnGpu(name)));
}

async function choose(options: EngineOptions): Promise<EngineChoice> {
  const passedOver: SelfTestReport[] = [];
  for (const name of autoCandidates(options)) {
    const report = await selfTest(name, { ...options, speed: false });
    if (passed(report)) return { name, passedOver };
    passedOver.push(report);
  }
  const reasons = passedOver.map(({ name, reason }) => `${name}: ${reason}`).join(' ');
  throw new DomainError('ENGINE_UNAVAILABLE', `No engine can train here. ${reasons}`);
}
