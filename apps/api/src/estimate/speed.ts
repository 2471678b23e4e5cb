import type { EngineName, Phase } from '@blockwise/contracts';

/** What is timed: the jobs by what they do, and the teacher's features inside of them. */
export type TimedKind = Phase | 'features';

/** Work a second of one slot (job-work.ts says in what): the slow, the usual and the fast case. */
export interface Speed {
  readonly slow: number;
  readonly usual: number;
  readonly fast: number;
  /** Whether finished runs of this server say so. */
  readonly isMeasured: boolean;
}

/**
 * Multiply-accumulates a second where nothing was measured yet. `wasm` and `tensorflow` by the
 * benchmarks (docs/benchmarks.md: rows retrain and distil-small on small images; larger images are up
 * to three times faster), `cpu` by distil-one; `webgpu` is a guess, because no GPU was measured.
 */
const macsPerSecond: Readonly<Record<EngineName, number>> = {
  wasm: 12e9,
  tensorflow: 8e9,
  webgpu: 200e9,
  cpu: 0.05e9,
};

/** Passes of single layers that are timed, a second: with their warm-up. */
const passesPerSecond = 50;
/** Seconds of jobs that hardly depend on the search. */
const fixedSeconds = { solve: 5, cut: 10, export: 20 } as const;
/** How far what nobody has measured may be off, either way. */
const doubt = 3;

/** Where no run of this kind and engine has finished on this server. */
export function defaultSpeed(kind: TimedKind, engine: string): Speed {
  const usual = usualSpeed(kind, engine);
  return { slow: usual / doubt, usual, fast: usual * doubt, isMeasured: false };
}

function usualSpeed(kind: TimedKind, engine: string): number {
  switch (kind) {
    case 'latency':
      return passesPerSecond;
    case 'solve':
    case 'cut':
    case 'export':
      return 1 / fixedSeconds[kind];
    default:
      return isEngine(engine) ? macsPerSecond[engine] : macsPerSecond.wasm;
  }
}

function isEngine(name: string): name is EngineName {
  return Object.hasOwn(macsPerSecond, name);
}

/**
 * The median of finished runs, and their quartiles, but never closer to it than a fifth: even the same
 * job takes longer beside others.
 *
 * @param speeds of runs, at least one, in any order
 */
export function measuredSpeed(speeds: readonly number[]): Speed {
  const sorted = [...speeds].sort((a, b) => a - b);
  const at = (share: number): number => {
    const place = share * (sorted.length - 1);
    const [below = 0, above = 0] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
    return below + (above - below) * (place % 1);
  };
  const usual = at(0.5);
  return {
    ...{ usual, isMeasured: true },
    slow: Math.min(at(0.25), usual / 1.2),
    fast: Math.max(at(0.75), usual * 1.2),
  };
}

/** Of slots that work side by side. */
export function meanSpeed(
  parts: readonly { readonly speed: Speed; readonly slots: number }[],
): Speed {
  const slots = parts.reduce((total, part) => total + part.slots, 0);
  const mean = (of: (speed: Speed) => number) =>
    parts.reduce((total, part) => total + of(part.speed) * part.slots, 0) / slots;
  return {
    slow: mean(({ slow }) => slow),
    usual: mean(({ usual }) => usual),
    fast: mean(({ fast }) => fast),
    isMeasured: parts.every(({ speed }) => speed.isMeasured),
  };
}
