import assert from 'node:assert/strict';
import type { Data } from '../caller.ts';
import { Skip } from '../case.ts';
import type { Operation, OperationName } from '../operation.ts';
import type { World } from '../world.ts';

const right = { who: 'TRAINER', scope: 'TRAIN' } as const;
/** How the suite introduces itself. */
export const contractTrainer = {
  id: 'contract',
  name: 'contract suite',
  engine: 'CPU',
  device: 'none',
  versions: {},
};

/** A token that may work. Throws {@link Skip} where none can be made. */
export function asTrainer(world: World) {
  if (!world.user.isOperator) throw new Skip('only who runs the server makes tokens for trainers');
  return world.withToken(['TRAIN']);
}

/** A write to a job that was never taken: only rights can be tried without taking work from others. */
function write(name: string, inputType: string, more: object = {}): Operation {
  const operation: OperationName = `Mutation.${name}`;
  return {
    ...right,
    name: operation,
    document: `mutation ($input: ${inputType}!) { ${name}(input: $input) { job } }`,
    refusedVariables: ({ team }) => ({ input: { job: team, attempt: 1, ...more } }),
  };
}

/** The id of the suite's trainer, which has just introduced itself. */
async function ownTrainer(world: World): Promise<string> {
  const trainer = await asTrainer(world);
  await trainer.ask(
    'mutation ($input: IntroduceTrainerInput!) { introduceTrainer(input: $input) { name } }',
    { input: { trainer: contractTrainer } },
  );
  const { trainers } = await world.owner.ask(
    'query ($text: String!) { trainers(filter: { text: $text }, first: 1) { nodes { id } } }',
    { text: contractTrainer.name },
  );
  return trainers.nodes[0].id;
}

/** Where the last days begin, and the last one ends. */
function lastDays(days: number): string[] {
  const milliseconds = 24 * 3600 * 1000;
  return Array.from({ length: days + 1 }, (_, i) =>
    new Date(Date.now() - (days - i) * milliseconds).toISOString(),
  );
}

/** What trainers do by tokens of their own, and what is done with them. */
export const trainers: readonly Operation[] = [
  {
    ...right,
    name: 'Mutation.introduceTrainer',
    document: `mutation ($input: IntroduceTrainerInput!) {
      introduceTrainer(input: $input) { name engine device }
    }`,
    variables: () => ({ input: { trainer: contractTrainer } }),
    caller: asTrainer,
    check: ({ name }) => assert.equal(name, contractTrainer.name),
  },
  {
    name: 'Query.trainers',
    who: 'SIGNED_IN',
    scope: 'READ',
    document: `{
      trainers(orderBy: { field: NAME }, first: 100) { totalCount nodes { id name state jobs { id } } }
    }`,
    check: ({ totalCount, nodes }) => assert.equal(nodes.length, Math.min(totalCount, 100)),
  },
  {
    name: 'Query.trainersChanged',
    who: 'SIGNED_IN',
    scope: 'READ',
    document: `query ($after: String) {
      trainersChanged(after: $after, first: 100) { cursor trainers { id name state jobs { id } } }
    }`,
    variables: () => ({ after: null }),
    check: ({ cursor, trainers }) => {
      assert.ok(cursor);
      assert.equal(new Set(trainers.map(({ id }: Data) => id)).size, trainers.length);
    },
    refusals: [
      {
        ...{ code: 'BAD_INPUT', told: 'what is no cursor', path: ['after'] },
        variables: () => ({ after: 'x' }),
      },
    ],
  },
  {
    name: 'Subscription.trainersChanged',
    who: 'SIGNED_IN',
    scope: 'READ',
    document: 'subscription { trainersChanged { cursor trainers { id } } }',
    // Where a search has finished there was a trainer.
    variables: (world) => {
      world.finished();
      return {};
    },
    payloads: 1,
    check: ([{ trainers }]) => assert.ok(trainers.length > 0),
  },
  {
    name: 'Query.queue',
    who: 'SIGNED_IN',
    scope: 'READ',
    document: `{
      queue {
        waiting running paused phases { phase waiting running paused } seconds { low high } gap
        searchSeconds { low high } searchBasis
        trainers { takingJobs draining lost slots busySlots }
        jobs(first: 10) { totalCount nodes { id kind state search { id } cell { id } } }
      }
    }`,
    check({ waiting, phases, seconds, gap, searchSeconds, searchBasis, jobs }) {
      const ofPhases = phases.reduce((sum: number, phase: Data) => sum + phase.waiting, 0);
      assert.equal(ofPhases, waiting);
      assert.equal(seconds === null, gap !== null, 'a forecast, or why there is none');
      assert.ok(seconds === null || seconds.low <= seconds.high);
      assert.equal(searchSeconds === null, searchBasis === null);
      assert.ok(jobs.nodes.every(({ state }: Data) => state === 'QUEUED'));
    },
  },
  {
    name: 'Query.trainerUse',
    who: 'SIGNED_IN',
    scope: 'READ',
    document: `query ($bounds: [DateTime!]!) {
      trainerUse(bounds: $bounds) { team { id name } seconds secondsOnGpu }
    }`,
    variables: () => ({ bounds: lastDays(3) }),
    check: (teams) => {
      for (const { seconds, secondsOnGpu } of teams) {
        assert.equal(seconds.length, 3);
        assert.ok(secondsOnGpu.every((each: number, i: number) => each <= seconds[i]));
      }
    },
    refusals: [
      {
        ...{ code: 'BAD_INPUT', told: 'moments that do not ascend', path: ['bounds'] },
        variables: () => ({ bounds: lastDays(3).reverse() }),
      },
    ],
  },
  {
    name: 'Mutation.drainTrainer',
    who: 'OPERATOR',
    scope: 'ADMIN',
    document: `mutation ($input: DrainTrainerInput!) { drainTrainer(input: $input) { id isDraining } }`,
    variables: async (world) => ({ input: { trainer: await ownTrainer(world), isDraining: true } }),
    refusedVariables: ({ team }) => ({ input: { trainer: team, isDraining: true } }),
    check: ({ isDraining }) => assert.equal(isDraining, true),
    after: ({ id }, { owner }) =>
      owner.ask(
        'mutation ($id: ID!) { drainTrainer(input: { trainer: $id, isDraining: false }) { id } }',
        { id },
      ),
    refusals: [
      {
        ...{ code: 'BAD_INPUT', told: 'what is no trainer', path: ['trainer'] },
        variables: (world) => {
          if (!world.user.isOperator) throw new Skip('the token is not of who runs the server');
          return { input: { trainer: world.team, isDraining: true } };
        },
      },
    ],
  },
  {
    ...right,
    name: 'Mutation.takeJob',
    document: 'mutation ($input: TakeJobInput!) { takeJob(input: $input) { job attempt } }',
    // A trainer that can do nothing takes nothing away from others.
    variables: () => ({ input: { trainer: contractTrainer, kinds: [] } }),
    caller: asTrainer,
    check: (taken) => assert.equal(taken, null),
  },
  write('keepJob', 'AttemptInput'),
  write('reportProgress', 'ReportProgressInput', { done: 1, total: 2, unit: 'steps' }),
  write('appendCurves', 'AppendCurvesInput', { curves: [] }),
  write('resumeJob', 'ResumeJobInput', { step: 1 }),
  write('saveCheckpoint', 'SaveCheckpointInput', { step: 1, sha256: '0'.repeat(64) }),
  write('reportMessage', 'ReportMessageInput', { level: 'INFO', text: 'hello' }),
  write('reportFeatureUse', 'ReportFeatureUseInput', {
    ...{ hits: 1, misses: 1, bytesRead: 1, seconds: 1 },
  }),
  write('completeJob', 'CompleteJobInput', { result: { rate: { columns: '0'.repeat(64) } } }),
  write('failJob', 'FailJobInput', { code: 'INTERNAL', message: 'no', retry: true }),
  write('releaseJob', 'AttemptInput'),
];
