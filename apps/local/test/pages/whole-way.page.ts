import {
  createClient,
  LeaderboardDocument,
  LeaderboardsDocument,
  ParetoFrontDocument,
  RetrainNetworksDocument,
  SolveDocument,
  StartSearchDocument,
  toSearchSpecInput,
  watchSearch,
} from '@blockwise/client';
import { expect, test } from 'vitest';
import { smallSpec } from '../small-spec.ts';
import type { Dashboard } from './dashboard.ts';

/** A team's way with the dashboard and a notebook. */
export function wholeWay(dashboard: Dashboard): void {
  test('from signing in to a verified entry: a team, a token, a notebook, three budgets', async () => {
    const owner = await dashboard.open('/teams');
    const making = owner.getByRole('region', { name: 'Make a team' });
    await making.getByLabel('Name').fill('whole way');
    await making.getByRole('button', { name: 'Make team' }).click();
    await owner.getByRole('heading', { name: 'whole way' }).waitFor();
    await owner.getByRole('link', { name: 'Owner' }).click();
    const tokens = owner.getByRole('region', { name: 'My tokens' });
    await tokens.getByLabel('What it is for').fill('whole way');
    await tokens.getByLabel('Team').selectOption({ label: 'whole way' });
    await tokens.getByRole('button', { name: 'Make token' }).click();
    const token = (await tokens.getByRole('status').locator('code').textContent()) ?? '';

    // The notebook: it knows the address and the token, and nothing else.
    const notebook = createClient({ url: dashboard.platform.graphqlUrl, token });
    const spec = toSearchSpecInput(smallSpec('whole way'));
    const input = { spec, idempotencyKey: 'whole way' };
    const { startSearch } = await notebook.request(StartSearchDocument, { input });
    const again = await notebook.request(StartSearchDocument, { input });
    expect(again.startSearch.id).toBe(startSearch.id);
    const seen = new Set<string>();
    for await (const event of watchSearch(notebook, startSearch.id)) seen.add(event.kind);
    expect([...seen]).toEqual(
      expect.arrayContaining(['JOB_PROGRESS', 'CURVE_POINTS', 'CELL_RATED', 'NETWORK_TESTED']),
    );

    const search = startSearch.id;
    const { paretoFront } = await notebook.request(ParetoFrontDocument, { search, x: 'MACS' });
    const cheapest = Math.min(...paretoFront.macs.map(Number));
    const dearest = Math.max(...paretoFront.macs.map(Number));
    const budgets = [cheapest, Math.floor((cheapest + dearest) / 2), dearest];
    const solutions = await Promise.all(
      budgets.map((max) =>
        notebook.request(SolveDocument, { search, constraints: { macs: { max } }, networks: 1 }),
      ),
    );
    const solved = solutions.map(({ solve }) => solve[0]);
    for (const [i, solution] of solved.entries()) {
      expect(Number(solution?.macs)).toBeLessThanOrEqual(budgets[i] ?? 0);
    }
    const losses = solved.map((solution) => solution?.loss ?? Number.NaN);
    expect(losses).toEqual([...losses].sort((a, b) => b - a));
    const [chosen] = solved;
    const { retrainNetworks } = await notebook.request(RetrainNetworksDocument, {
      input: {
        search,
        networks: { encodings: [chosen?.encoding ?? ''] },
        training: { epochs: 2, batch: 16, learningRate: 0.01 },
        idempotencyKey: 'whole way',
      },
    });
    // It ends when nothing is under way for the search any more, verifications included.
    for await (const _ of watchSearch(notebook, search));
    const found = await notebook.request(LeaderboardsDocument, { first: 100 });
    const board = found.leaderboards.nodes.find(({ team }) => team.name === 'whole way');
    const read = await notebook.request(LeaderboardDocument, { id: board?.id ?? '', first: 100 });
    const entries = read.leaderboard?.entries.nodes ?? [];
    expect(entries.map(({ state }) => state)).toEqual(['VERIFIED', 'VERIFIED', 'VERIFIED']);
    expect(entries.map(({ network }) => network?.id)).toContain(retrainNetworks[0]?.id);

    await owner.goto(
      `${dashboard.platform.webUrl}/leaderboard/${encodeURIComponent(board?.id ?? '')}`,
    );
    await expect.poll(() => owner.getByText('✓ verified').count()).toBe(3);
    // The team's own: who is in another team, or in none, does not see it.
    const stranger = await dashboard.browser.newContext();
    const elsewhere = await stranger.newPage();
    await elsewhere.goto(`${dashboard.platform.webUrl}/searches/${encodeURIComponent(search)}`);
    await elsewhere.getByRole('alert').first().waitFor();
    await stranger.close();
    await notebook.close();
  });
}
