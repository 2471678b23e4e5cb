import {
  CancelSearchDocument,
  PauseSearchDocument,
  readSearch,
  TrainersDocument,
} from '@blockwise/client';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Dashboard } from './dashboard.ts';
import { asOnlooker } from './onlooker.ts';

/** What somebody sees whose role is to look. */
export function viewerPages(dashboard: Dashboard): void {
  test('whoever may only look is offered no deed that would be refused', async () => {
    const { client, platform } = dashboard;
    const finished = await dashboard.finishedSearch();
    const running = await dashboard.submit('looked at');
    await client.request(PauseSearchDocument, { input: { search: running } });
    const search = await readSearch(client, finished);
    const team = search?.team.id ?? '';
    // The network whose files nobody has asked for.
    const network = search?.networks.find((each) => each.exports.length === 0)?.id ?? '';
    const { trainers } = await client.request(TrainersDocument, {});

    const paths = {
      list: '/?text=looked',
      paused: dashboard.addressOf(running),
      network: dashboard.addressOf(finished, 'networks', network),
      trainers: '/trainers',
    };
    const deeds = {
      list: ['Resume', 'Add tag'],
      paused: ['Resume', 'Cancel search'],
      network: ['Start training', 'Cut the weights out', 'Make the files'],
      // Theirs who run the server.
      trainers: trainers.nodes.map(({ name }) => `Drain ${name}`),
    };
    const see = async (seen: Page, place: keyof typeof paths) => {
      await seen.goto(platform.webUrl + paths[place]);
      if (place === 'list')
        await seen.getByRole('checkbox', { name: 'Choose looked at' }).press('Space');
      const main = seen.getByRole('main');
      if (place === 'list') await main.getByText('1 chosen').waitFor();
      else await main.getByRole('heading', { level: 1 }).waitFor();
      if (place === 'network') await main.getByRole('region', { name: 'Files' }).waitFor();
      if (place === 'trainers') await main.getByRole('list', { name: 'Trainers' }).waitFor();
      return deeds[place].map((name) => main.getByRole('button', { name, exact: true }));
    };
    const owner = await dashboard.open('/');
    await asOnlooker(dashboard, team, 'Onlooker', async (page) => {
      for (const place of ['list', 'paused', 'network', 'trainers'] as const) {
        for (const deed of await see(owner, place)) await deed.first().waitFor();
        const offered = await see(page, place);
        if (place === 'network')
          await page.getByText('Members of local do this.').first().waitFor();
        for (const deed of offered) expect(await deed.count()).toBe(0);
      }
      await page.getByRole('link', { name: 'New search' }).waitFor({ state: 'detached' });
    });
    await client.request(CancelSearchDocument, { input: { search: running } });
  });
}
