import assert from 'node:assert/strict';
import type { Data, Variables } from '../caller.ts';
import { Skip } from '../case.ts';
import type { FinishedSearch } from '../finished-search.ts';
import type { Operation } from '../operation.ts';
import type { World } from '../world.ts';

/** Starts work only where the command line says so. */
function work(make: (finished: FinishedSearch) => Variables) {
  return (world: World): Variables => {
    if (!world.mayWork) throw new Skip('starts work: --work allows it');
    return { input: make(world.finished()) };
  };
}

const of = (make: (finished: FinishedSearch) => Variables) => (world: World) => ({
  input: make(world.finished()),
});

const key = 'contract suite';
const cancelJob = (id: string | undefined, { owner }: World) =>
  id === undefined
    ? undefined
    : owner.post('mutation ($id: ID!) { cancelJob(input: { job: $id }) { state } }', { id });

/** Of a search that is not complete: NOT_READY where its ratings are missing, else CONFLICT. */
const notComplete = (make: (id: string) => Variables, code = 'CONFLICT') => ({
  code,
  told: 'a search that is not complete',
  variables: async (world: World) => ({ input: make(await world.own()) }),
});

const training = { epochs: 1, batch: 8 };

/** What is done with a complete search. Each is cancelled again, and by its key done once at most. */
export const followUp: readonly Operation[] = [
  {
    name: 'Mutation.retrainNetworks',
    who: 'MEMBER',
    scope: 'WRITE',
    document: `mutation ($input: RetrainNetworksInput!) {
      retrainNetworks(input: $input) { id origin encoding retrainings { seed job { id } } }
    }`,
    variables: work(({ id, network }) => ({
      search: id,
      networks: { encodings: [network.encoding] },
      training,
      idempotencyKey: key,
    })),
    refusedVariables: of(({ id, network }) => ({
      search: id,
      networks: { encodings: [network.encoding] },
    })),
    async check([network], { owner }, given) {
      assert.equal(network.origin, 'REQUESTED');
      const document = `mutation ($input: RetrainNetworksInput!) { retrainNetworks(input: $input) { id } }`;
      const again = (await owner.ask(document, given)).retrainNetworks;
      assert.deepEqual(again, [{ id: network.id }], 'the same key starts nothing twice');
    },
    async after(networks, world) {
      for (const { retrainings } of networks) {
        for (const { job } of retrainings) await cancelJob(job?.id, world);
      }
    },
    unseen: 'NOT_FOUND',
    refusals: [
      notComplete((search) => ({ search, networks: { encodings: ['1:0'] } }), 'NOT_READY'),
      {
        code: 'BAD_INPUT',
        told: 'two ways to choose',
        variables: of(({ id, network }) => ({
          search: id,
          networks: { encodings: [network.encoding], best: { networks: 1 } },
        })),
      },
    ],
  },
  {
    name: 'Mutation.startAudit',
    who: 'MEMBER',
    scope: 'WRITE',
    document: `mutation ($input: StartAuditInput!) { startAudit(input: $input) { id state } }`,
    variables: work(({ id }) => ({
      search: id,
      spec: { name: 'contract suite', networks: 4, training },
      idempotencyKey: key,
    })),
    refusedVariables: of(({ id }) => ({ search: id })),
    async check({ id }, { owner }, given) {
      const document = 'mutation ($input: StartAuditInput!) { startAudit(input: $input) { id } }';
      assert.equal((await owner.ask(document, given)).startAudit.id, id, 'once by its key');
    },
    unseen: 'NOT_FOUND',
    refusals: [
      notComplete((search) => ({ search }), 'NOT_READY'),
      {
        code: 'SPEC_INVALID',
        told: 'too few networks',
        variables: of(({ id }) => ({ search: id, spec: { networks: 3 } })),
      },
    ],
  },
  {
    name: 'Mutation.cancelAudit',
    who: 'MEMBER',
    scope: 'WRITE',
    document: 'mutation ($id: ID!) { cancelAudit(input: { audit: $id }) { id state } }',
    async variables(world) {
      const { input } = work(({ id }) => ({
        search: id,
        spec: { name: 'contract suite', networks: 4, training },
        idempotencyKey: key,
      }))(world);
      const { startAudit } = await world.owner.ask(
        'mutation ($input: StartAuditInput!) { startAudit(input: $input) { id } }',
        { input },
      );
      return { id: startAudit.id };
    },
    refusedVariables: ({ team }) => ({ id: team }),
    check: ({ state }) => assert.equal(state, 'CANCELLED'),
    refusals: [
      { code: 'BAD_INPUT', told: 'what is no audit', variables: ({ team }) => ({ id: team }) },
    ],
  },
  {
    name: 'Mutation.measureLatency',
    who: 'MEMBER',
    scope: 'WRITE',
    document: `mutation ($input: MeasureLatencyInput!) {
      measureLatency(input: $input) { id engine job { id } }
    }`,
    variables: work(({ id }) => ({ search: id, idempotencyKey: key })),
    refusedVariables: of(({ id }) => ({ search: id })),
    after: ({ job }, world) => cancelJob(job?.id, world),
    unseen: 'NOT_FOUND',
    refusals: [notComplete((search) => ({ search }))],
  },
  {
    name: 'Mutation.cutWeights',
    who: 'MEMBER',
    scope: 'WRITE',
    document: 'mutation ($input: CutWeightsInput!) { cutWeights(input: $input) { id kind state } }',
    variables: work(({ network }) => ({ network: network.id })),
    refusedVariables: of(({ network }) => ({ network: network.id })),
    check: ({ kind }) => assert.equal(kind, 'CUT'),
    after: ({ id }, world) => cancelJob(id, world),
    unseen: 'NOT_FOUND',
    refusals: [
      {
        code: 'BAD_INPUT',
        told: 'what is no network',
        variables: ({ team }) => ({ input: { network: team } }),
      },
    ],
  },
  {
    name: 'Mutation.exportNetwork',
    who: 'MEMBER',
    scope: 'WRITE',
    document: `mutation ($input: ExportNetworkInput!) {
      exportNetwork(input: $input) { id files { url } job { id } }
    }`,
    variables: work(({ network }) => ({ network: network.id })),
    refusedVariables: of(({ network }) => ({ network: network.id })),
    async check({ id }, { owner }, given) {
      const document =
        'mutation ($input: ExportNetworkInput!) { exportNetwork(input: $input) { id } }';
      assert.equal((await owner.ask(document, given)).exportNetwork.id, id, 'exported once');
    },
    after: ({ job }, world) => cancelJob(job?.id, world),
    unseen: 'NOT_FOUND',
    refusals: [
      {
        code: 'BAD_INPUT',
        told: 'what is no network',
        variables: ({ team }) => ({ input: { network: team } }),
      },
    ],
  },
  {
    name: 'Mutation.requestFeatureMaps',
    who: 'MEMBER',
    scope: 'WRITE',
    document: `mutation ($input: RequestFeatureMapsInput!) {
      requestFeatureMaps(input: $input) { id samples maps { teacher } job { id } }
    }`,
    variables: work(({ cell }) => ({ cell: cell.id, samples: [0] })),
    refusedVariables: of(({ cell }) => ({ cell: cell.id, samples: [0] })),
    async check({ id }, { owner }, given) {
      const document =
        'mutation ($input: RequestFeatureMapsInput!) { requestFeatureMaps(input: $input) { id } }';
      assert.equal((await owner.ask(document, given)).requestFeatureMaps.id, id, 'made once');
    },
    after: ({ job }, world) => cancelJob(job?.id, world),
    unseen: 'NOT_FOUND',
    refusals: [
      {
        code: 'BAD_INPUT',
        told: 'a sample that there is not',
        variables: of(({ cell }) => ({ cell: cell.id, samples: [64] })),
        path: ['samples'],
      },
    ],
  },
  {
    name: 'Mutation.exportTeacher',
    who: 'MEMBER',
    scope: 'WRITE',
    document: `mutation ($input: ExportTeacherInput!) {
      exportTeacher(input: $input) { id network { id } job { id } }
    }`,
    variables: work(({ id }) => ({ search: id })),
    refusedVariables: of(({ id }) => ({ search: id })),
    check: ({ network }) => assert.equal(network, null),
    after: ({ job }, world) => cancelJob(job?.id, world),
    unseen: 'NOT_FOUND',
    refusals: [notComplete((search) => ({ search }))],
  },
  {
    name: 'Mutation.cancelJob',
    who: 'MEMBER',
    scope: 'WRITE',
    document: 'mutation ($id: ID!) { cancelJob(input: { job: $id }) { id state } }',
    async variables(world) {
      const { input } = work(({ id }) => ({ search: id, idempotencyKey: key }))(world);
      const { measureLatency } = await world.owner.ask(
        'mutation ($input: MeasureLatencyInput!) { measureLatency(input: $input) { job { id } } }',
        { input },
      );
      return { id: measureLatency.job.id };
    },
    refusedVariables: ({ team }) => ({ id: team }),
    check: ({ state }) => assert.equal(state, 'CANCELLED'),
    refusals: [
      {
        code: 'CONFLICT',
        told: 'a job that has ended well',
        variables: (world) => ({ id: world.finished().jobs[0]?.id }),
      },
    ],
  },
  {
    name: 'Query.audit',
    who: 'ANYONE',
    scope: 'READ',
    document: `query ($id: ID!) { audit(id: $id) { id networks { macs } report { networks } } }`,
    variables: (world) => ({ id: complete(world) }),
    refusedVariables: ({ team }) => ({ id: team }),
    check({ networks, report }) {
      const macs = networks.map((network: Data) => Number(network.macs));
      assert.deepEqual(
        macs,
        [...macs].sort((a, b) => a - b),
        'the fewest macs first',
      );
      assert.ok(report.networks >= 4);
    },
    refusals: [
      { code: 'BAD_INPUT', told: 'what is no audit', variables: ({ team }) => ({ id: team }) },
    ],
  },
  {
    name: 'Query.fitLambdas',
    who: 'ANYONE',
    scope: 'READ',
    document: `query ($audit: ID!, $folds: Int) {
      fitLambdas(audit: $audit, folds: $folds) { lambdas fitted { rmse } equal { rmse } }
    }`,
    variables: (world) => ({ audit: complete(world) }),
    refusedVariables: ({ team }) => ({ audit: team }),
    check: ({ lambdas }, world) => assert.equal(lambdas.length, world.finished().blocks),
    refusals: [
      { code: 'BAD_INPUT', told: 'what is no audit', variables: ({ team }) => ({ audit: team }) },
    ],
  },
];

function complete(world: World): string {
  const { audit } = world.finished();
  if (audit === null) throw new Skip('the search has no complete audit');
  return audit;
}
