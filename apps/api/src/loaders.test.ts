import { ensureOwner, principalOfUser } from '@blockwise/db';
import { graphql } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createContextFactory } from './context.ts';
import { openEventHub, openLeaderboardHub } from './events/hub.ts';
import { LinkSigner } from './links/link-signer.ts';
import { viewerOf } from './rights/viewer.ts';
import { schema } from './schema/schema.ts';
import { createSignIn } from './sign-in/sign-in.ts';
import { Solver } from './solving/solver.ts';
import { startTestApi, type TestApi, testOrigin } from './testing/test-api.ts';
import { playThrough, startSearch } from './testing/test-search.ts';
import { openSecretBox } from './webhooks/secret-box.ts';

const query = /* GraphQL */ `
  {
    searches {
      nodes {
        team { name } dataset { hash } teacher { top1 }
        blocks { cells { ops state best { path layers } distilJob { state runs { attempt } } rateJob { state } } }
        jobs { curveKeys runs { trainer } cell { index } network { architecture } retraining { seed } }
        networks { state cutJob { state } search { name } audit { name }
          retrainings { state differences { field } job { state } network { loss } } }
        requested: networks(origin: REQUESTED) { state }
        audits { state networks { top1 } }
        latencyTables { engine job { state } }
      }
    }
    leaderboards {
      nodes { name entryCount team { name } leader { top1 }
        entries { nodes { rank datasetKind network { loss } search { name } verification { state } } } }
    }
  }
`;

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

/** The reads of lists that a query makes; the database's client joins its reads by id itself. */
async function listReads(): Promise<string[]> {
  const reads: string[] = [];
  const { db, queue, url } = api.platform;
  const counted = db.prisma.$extends({
    query: {
      async $allOperations({ model, operation, args, query: run }) {
        if (operation !== 'findUnique') reads.push(`${model ?? 'raw'}.${operation}`);
        return run(args);
      },
    },
  });
  const database = { ...db, prisma: counted as unknown as typeof db.prisma };
  const { owner } = await ensureOwner(db);
  const principal = await principalOfUser(db, owner.id);
  const hub = await openEventHub(database, url, () => {});
  const leaderboardHub = await openLeaderboardHub(database, url, () => {});
  const contextValue = createContextFactory({
    database,
    queue,
    hub,
    leaderboardHub,
    solver: new Solver(),
    links: new LinkSigner('a secret of the tests, long enough'),
    artifacts: api.artifacts,
    webhooks: { secrets: openSecretBox('a secret of the tests'), allowPrivate: false },
    recheckMilliseconds: 10_000,
    signIn: createSignIn(database, {
      publicUrl: 'http://127.0.0.1',
      secret: 'a secret of the tests, long enough',
      webOrigins: [testOrigin],
      signUp: 'INVITED',
    }),
  })({ viewer: viewerOf(principal), ip: null, headers: new Headers() });
  const { errors } = await graphql({ schema, source: query, contextValue });
  await hub.close();
  await leaderboardHub.close();
  expect(errors).toBeUndefined();
  return reads.sort();
}

it('a list of searches with all they have reads as often for three as for one', async () => {
  await startSearch(api);
  await playThrough(api.platform, 'retrain');
  const forOne = await listReads();
  for (let more = 0; more < 2; more++) {
    await startSearch(api);
    await playThrough(api.platform, 'retrain');
  }
  expect(forOne).not.toEqual([]);
  expect(await listReads()).toEqual(forOne);
});
