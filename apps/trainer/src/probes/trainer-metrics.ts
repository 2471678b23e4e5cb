import type { Progress } from '@blockwise/db';
import { countWork, processMetrics, tellPool } from '@blockwise/telemetry';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { projectVersion } from '../project-version.ts';

type Pool = Parameters<typeof tellPool>[1];

/** What a trainer counts of its own work. */
export interface TrainerMetrics {
  readonly registries: readonly Registry[];
  /** A slot begins an attempt; call what it answers when the attempt has ended. */
  attempt(): () => void;
  /**
   * Counts what reports of one attempt's progress say was done since the one before.
   *
   * @param from steps that an attempt before had done
   * @param batch images of a step, where steps are of a training
   */
  progress(kind: string, from: number, batch: number | null): (progress: Progress) => void;
  /** How long a checkpoint took, from the thread to the database. */
  checkpoint(kind: string, seconds: number): void;
  /** Images whose features were read or computed. */
  features(source: 'cache' | 'teacher', images: number): void;
  /** Seconds since a task last said that it goes on; null while nothing is under way. */
  lastStepAge(): number | null;
  tellPool(pool: Pool): void;
  close(): void;
}

export function openTrainerMetrics(slots: number): TrainerMetrics {
  const registry = new Registry();
  const registers = [registry];
  const stopCounting = countWork(registry);
  let busy = 0;
  let lastStepAt = 0;
  new Gauge({
    name: 'blockwise_trainer_slots',
    help: 'Jobs that this trainer can have under way at once.',
    registers,
  }).set(slots);
  new Gauge({
    name: 'blockwise_trainer_slots_busy',
    help: 'Jobs that this trainer has under way.',
    registers,
    collect() {
      this.set(busy);
    },
  });
  new Gauge({
    name: 'blockwise_trainer_last_step_timestamp_seconds',
    help: 'When a task of this trainer last said that it goes on, seconds since 1970; 0 before the first.',
    registers,
    collect() {
      this.set(lastStepAt);
    },
  });
  const steps = new Counter({
    name: 'blockwise_trainer_steps_total',
    help: 'Steps of trainings and distillations.',
    labelNames: ['kind'],
    registers,
  });
  const images = new Counter({
    name: 'blockwise_trainer_images_total',
    help: 'Images that steps were computed on, counted once for every step.',
    labelNames: ['kind'],
    registers,
  });
  const paths = new Counter({
    name: 'blockwise_trainer_rated_paths_total',
    help: 'Paths of supernets that were rated.',
    registers,
  });
  const checkpoints = new Histogram({
    name: 'blockwise_trainer_checkpoint_seconds',
    help: 'How long checkpoints took to be stored and written down.',
    labelNames: ['kind'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers,
  });
  const features = new Counter({
    name: 'blockwise_trainer_feature_images_total',
    help: 'Images whose teacher features were needed, by whether they were read or computed.',
    labelNames: ['source'],
    registers,
  });
  return {
    registries: [processMetrics('trainer', projectVersion()), registry],
    attempt() {
      busy += 1;
      lastStepAt = Date.now() / 1000;
      return () => {
        busy -= 1;
      };
    },
    progress(kind, from, batch) {
      let last: Pick<Progress, 'done' | 'unit'> = { done: from, unit: 'steps' };
      return ({ done, unit }) => {
        lastStepAt = Date.now() / 1000;
        const before = unit === last.unit && done >= last.done ? last.done : 0;
        last = { done, unit };
        if (unit === 'steps') {
          steps.inc({ kind }, done - before);
          if (batch !== null) images.inc({ kind }, (done - before) * batch);
        }
        if (unit === 'paths') paths.inc(done - before);
      };
    },
    checkpoint: (kind, seconds) => checkpoints.observe({ kind }, seconds),
    features: (source, count) => features.inc({ source }, count),
    lastStepAge: () => (busy === 0 ? null : Math.max(0, Date.now() / 1000 - lastStepAt)),
    tellPool: (pool) => tellPool(registry, pool),
    close: stopCounting,
  };
}
