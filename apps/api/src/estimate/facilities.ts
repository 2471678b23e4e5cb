import { presentTrainers } from '@blockwise/db';
import type { Context } from '../context.ts';
import { measuredSpeeds } from './measured-speeds.ts';
import { meanSpeed, type Speed, type TimedKind } from './speed.ts';

/** What there is to compute with. */
export interface Facilities {
  /** Jobs that can be under way at once; 0 when no trainer is there. */
  readonly slots: number;
  readonly trainers: number;
  /** Of a slot; where engines differ, the mean over the slots that are there. */
  readonly speedOf: (kind: TimedKind) => Speed;
  /** The same of those engines alone that finished runs of this server tell of; null where none does. */
  readonly measuredSpeedOf: (kind: TimedKind) => Speed | null;
}

/** What a trainer is taken for while none is there. */
const usualEngine = 'wasm';

/** The trainers that are there now, and how fast their engines were on this server. */
export async function presentFacilities({
  database,
  loaders,
}: Pick<Context, 'database' | 'loaders'>): Promise<Facilities> {
  const [present, speedOf] = await Promise.all([
    presentTrainers(database),
    measuredSpeeds(database, loaders),
  ]);
  const parts = present.length === 0 ? [{ engine: usualEngine, slots: 1 }] : present;
  const partsOf = (kind: TimedKind) =>
    parts.map(({ engine, slots }) => ({ speed: speedOf(kind, engine), slots }));
  const speeds = new Map<TimedKind, Speed>();
  return {
    slots: present.reduce((sum, { slots }) => sum + slots, 0),
    trainers: present.reduce((sum, { trainers }) => sum + trainers, 0),
    speedOf(kind) {
      const known = speeds.get(kind) ?? meanSpeed(partsOf(kind));
      speeds.set(kind, known);
      return known;
    },
    measuredSpeedOf(kind) {
      const measured = partsOf(kind).filter(({ speed }) => speed.isMeasured);
      return measured.length === 0 ? null : meanSpeed(measured);
    },
  };
}

/** At least one trainer with one slot. */
export function withOneAtLeast({ slots, trainers, ...speeds }: Facilities): Facilities {
  return { slots: Math.max(slots, 1), trainers: Math.max(trainers, 1), ...speeds };
}
