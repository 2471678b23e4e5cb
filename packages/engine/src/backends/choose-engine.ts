import { DomainError, type EngineName, engineNames } from '@blockwise/contracts';
import { runsOnGpu } from './device.ts';
import type { EngineOptions } from './engine.ts';
import { selfTest } from './self-test.ts';
import { passed, type SelfTestReport } from './self-test-report.ts';

/** The engine that `auto` stands for on this machine. */
export interface EngineChoice {
  readonly name: EngineName;
  /** What else was tried, in this order, each with the reason why it was passed over. */
  readonly passedOver: readonly SelfTestReport[];
}

let chosen: { readonly options: string; readonly choice: Promise<EngineChoice> } | null = null;

/**
 * The best engine that passes its self-test: tensorflow or webgpu on a GPU, else whichever of
 * tensorflow (on `threads`, one unless told) and wasm takes less time for a step; `cpu` is for
 * reference values. With a `device` asked for, only those that run on one. The answer
 * holds for the life of the process.
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

/**
 * Of what `auto` tried the one that it takes, and the others, which say why not; null when nothing
 * passed. Several that pass on the processor have to be timed.
 */
export function bestOf(reports: readonly SelfTestReport[]): EngineChoice | null {
  const fit = reports.filter(passed);
  const best = fit.find(({ onGpu }) => onGpu) ?? fit.toSorted(bySpeed)[0];
  if (best === undefined) return null;
  const passedOver = reports
    .filter((report) => report !== best)
    .map((report) => ({ ...report, reason: report.reason ?? reasonBeside(best, report) }));
  return { name: best.name, passedOver };
}

async function choose(options: EngineOptions): Promise<EngineChoice> {
  const reports: SelfTestReport[] = [];
  for (const name of autoCandidates(options)) {
    const report = await selfTest(name, { ...options, speed: false });
    reports.push(report);
    if (passed(report) && report.onGpu) break;
  }
  const timed = await timeProcessors(reports, options);
  const best = bestOf(timed);
  if (best !== null) return best;
  const reasons = timed.map(({ name, reason }) => `${name}: ${reason}`).join(' ');
  throw new DomainError('ENGINE_UNAVAILABLE', `No engine can train here. ${reasons}`);
}

/** The reports, with times where several engines pass on the processor and none on a GPU. */
async function timeProcessors(
  reports: readonly SelfTestReport[],
  options: EngineOptions,
): Promise<SelfTestReport[]> {
  const fit = reports.filter(passed);
  if (fit.length < 2 || fit.some(({ onGpu }) => onGpu)) return [...reports];
  const timed: SelfTestReport[] = [];
  // One after the other: each wants the machine for itself.
  for (const report of reports) {
    timed.push(
      passed(report) ? await selfTest(report.name, { ...timedOnProcessor, ...options }) : report,
    );
  }
  return timed;
}

/** How engines of the processor are timed unless told: slots fill the cores, a thread each. */
export const timedOnProcessor = { speed: true, threads: 1 } as const;

function bySpeed(a: SelfTestReport, b: SelfTestReport): number {
  return milliseconds(a) - milliseconds(b);
}

/** For one image: an engine that needs seconds for it is timed on that alone. */
function milliseconds({ stepMs, stepBatch }: SelfTestReport): number {
  return stepMs === null || stepBatch === null ? Number.POSITIVE_INFINITY : stepMs / stepBatch;
}

function reasonBeside(best: SelfTestReport, other: SelfTestReport): string {
  if (best.onGpu) return `${best.name} has a GPU.`;
  const [fast, slow] = [best, other].map(
    (report) => `${(milliseconds(report) * 32).toFixed(0)} ms`,
  );
  return `${best.name} is faster: ${fast} a step of 32 images, where it takes ${slow}.`;
}
