import type { QueueQuery } from '@blockwise/client';
import type { ChipTone } from '../ui/chip.tsx';

/** How trainers and queue stand, the worst first. */
export type Standing = 'stuck' | 'noTrainer' | 'lost' | 'idle' | 'working';

const tones: Record<Standing, ChipTone> = {
  stuck: 'bad',
  noTrainer: 'warn',
  lost: 'warn',
  idle: 'good',
  working: 'good',
};

/** What to say of a queue first. */
export function standing({
  waiting,
  running,
  trainers,
}: Pick<QueueQuery['queue'], 'waiting' | 'running' | 'trainers'>): {
  readonly word: Standing;
  readonly tone: ChipTone;
} {
  const word = (): Standing => {
    if (trainers.takingJobs === 0) return waiting > 0 ? 'stuck' : 'noTrainer';
    if (trainers.lost > 0) return 'lost';
    return waiting + running === 0 ? 'idle' : 'working';
  };
  const found = word();
  return { word: found, tone: tones[found] };
}
