import { setTimeout as pause } from 'node:timers/promises';
import {
  isPassing,
  PauseSearchDocument,
  ResumeSearchDocument,
} from '../../packages/client/src/index.ts';
import type { Random } from '../../packages/dna/src/index.ts';
import type { FaultName } from './fault-names.mjs';
import type { Link } from './link.ts';
import { deliverTwice, poisonQueues } from './queue-faults.ts';
import type { TrainerPart, World } from './world.ts';

export interface FaultContext {
  readonly world: World;
  readonly random: Random;
  /** The search as the API knows it. */
  readonly search: string;
  /** Its row's id. */
  readonly searchId: string;
}

/** Does it, and resolves to what was done, in words, when it is over. */
export type Fault = (context: FaultContext) => Promise<string>;

/** Everything that can happen. */
export const faults: Record<FaultName, Fault> = {
  async 'kill-trainer'({ world, random }) {
    const { part } = anyTrainer(world, random);
    part.signal('SIGKILL');
    return `${part.name} was killed`;
  },
  async 'stop-trainer'({ world, random }) {
    const { part } = anyTrainer(world, random);
    part.signal('SIGTERM');
    return `${part.name} was asked to end, as for an upgrade`;
  },
  async 'pause-trainer'({ world, random }) {
    const { part } = anyTrainer(world, random);
    // Longer than it may be silent: its job is given away before it wakes up.
    const milliseconds = world.heartbeatSeconds * 1000 + between(random, 3000, 8000);
    part.signal('SIGSTOP');
    await pause(milliseconds);
    part.signal('SIGCONT');
    return `${part.name} stood still for ${seconds(milliseconds)}`;
  },
  async 'kill-api'({ world }) {
    world.api.part.signal('SIGKILL');
    return 'the api was killed';
  },
  async 'kill-web'({ world }) {
    world.web?.part.signal('SIGKILL');
    return 'the web was killed';
  },
  async 'kill-postgres'({ world, random }) {
    const milliseconds = between(random, 0, 4000);
    await world.killPostgres(milliseconds);
    return `PostgreSQL was killed, and started again after ${seconds(milliseconds)}`;
  },
  async 'cut-trainer'({ world, random }) {
    const { part, link } = anyTrainer(world, random);
    return `${part.name} ${await cut(link, random, 15_000)}`;
  },
  async 'stall-trainer'({ world, random }) {
    const { part, link } = anyTrainer(world, random);
    return `${part.name} ${await stall(link, random, 20_000)}`;
  },
  async 'forget-trainer'({ world, random }) {
    const { part, link } = anyTrainer(world, random);
    const milliseconds = between(random, 1000, 6000);
    link.stall();
    await pause(milliseconds);
    link.forget();
    return `${part.name}'s connections were forgotten by the network after ${seconds(milliseconds)}`;
  },
  async 'cut-api'({ world, random }) {
    return `the api ${await cut(world.api.link, random, 8000)}`;
  },
  async 'stall-api'({ world, random }) {
    return `the api ${await stall(world.api.link, random, 8000)}`;
  },
  async 'cut-watcher'({ world, random }) {
    const { watcherLink } = world;
    watcherLink.cut();
    const milliseconds = between(random, 100, 5000);
    await pause(milliseconds);
    watcherLink.restore();
    return `the watcher was cut off from the api for ${seconds(milliseconds)}`;
  },
  async 'fill-disk'({ world, random }) {
    const milliseconds = between(random, 2000, 8000);
    await world.disk?.fill();
    await pause(milliseconds);
    await world.disk?.free();
    return `the disk of the artifacts was full for ${seconds(milliseconds)}`;
  },
  async 'jump-clock'({ world, random }) {
    const { part, setClock } = anyTrainer(world, random);
    const hours = (random.next() - 0.5) * 48;
    await setClock(hours * 3_600_000);
    await pause(between(random, 2000, 6000));
    await setClock(0);
    return `the clock of ${part.name} jumped by ${hours.toFixed(1)} h, and back`;
  },
  async 'deliver-twice'({ world }) {
    const count = await deliverTwice(world.db);
    return `the queue gave ${count} running jobs to a second trainer`;
  },
  async 'poison-queue'({ world, searchId }) {
    const count = await poisonQueues(world.db, searchId);
    return `${count} malformed and stray jobs were put into the queue`;
  },
  async 'pause-search'({ world, random, search }) {
    const milliseconds = between(random, 500, 5000);
    const { client } = world;
    await untilAnswered(() => client.request(PauseSearchDocument, { input: { search } }));
    await pause(milliseconds);
    await untilAnswered(() => client.request(ResumeSearchDocument, { input: { search } }));
    return `the search was paused for ${seconds(milliseconds)}`;
  },
};

function anyTrainer({ trainers }: World, random: Random): TrainerPart {
  const trainer = trainers[random.int(trainers.length)];
  if (trainer === undefined) throw new Error('a world without trainers');
  return trainer;
}

async function cut(link: Link, random: Random, mostMilliseconds: number): Promise<string> {
  const milliseconds = between(random, 100, mostMilliseconds);
  link.cut();
  await pause(milliseconds);
  link.restore();
  return `was cut off from PostgreSQL for ${seconds(milliseconds)}`;
}

async function stall(link: Link, random: Random, mostMilliseconds: number): Promise<string> {
  const milliseconds = between(random, 1000, mostMilliseconds);
  link.stall();
  await pause(milliseconds);
  link.restore();
  return `heard nothing of PostgreSQL for ${seconds(milliseconds)}, then everything`;
}

/** Uniform, whole milliseconds. */
function between(random: Random, least: number, most: number): number {
  return least + random.int(most - least + 1);
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

/** Asks again while nobody answers. A refusal is an answer: the search has ended, or was asked before. */
async function untilAnswered(ask: () => Promise<unknown>): Promise<void> {
  for (;;) {
    try {
      await ask();
      return;
    } catch (error) {
      if (!isPassing(error)) return;
      await pause(500);
    }
  }
}
