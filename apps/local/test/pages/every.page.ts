import {
  LeaderboardsDocument,
  RequestFeatureMapsDocument,
  readSearch,
  TeamsDocument,
  watchSearch,
} from '@blockwise/client';
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { axeFindings } from './axe.ts';
import { overBudget } from './bundle.ts';
import type { Dashboard } from './dashboard.ts';
import { pictureDifference } from './picture.ts';

/** Every address with what a search has behind it, by the name of its picture. */
const pages = {
  searches: () => '/',
  'new-search': () => '/searches/new',
  search: ({ search }: Places) => search(),
  cells: ({ search }: Places) => search('cells'),
  cell: ({ search, cell }: Places) => search('cells', cell),
  budgets: ({ search }: Places) => search('budgets'),
  networks: ({ search }: Places) => search('networks'),
  network: ({ search, network }: Places) => search('networks', network),
  maps: ({ search }: Places) => search('maps'),
  compare: ({ id }: Places) => `/compare?searches=${encodeURIComponent(id)}`,
  trust: ({ search }: Places) => search('trust'),
  leaderboards: () => '/leaderboard',
  leaderboard: ({ board }: Places) => board,
  trainers: () => '/trainers',
  account: () => '/account',
  teams: () => '/teams',
  team: ({ team }: Places) => team(),
  webhooks: ({ team }: Places) => team('webhooks'),
  'audit-log': ({ team }: Places) => team('log'),
  api: () => '/api',
  'sign-in': () => '/sign-in',
} as const;

interface Places {
  readonly id: string;
  readonly cell: string;
  readonly network: string;
  search(...below: string[]): string;
  readonly board: string;
  team(...below: string[]): string;
}

const widths = [1440, 390];

/** What holds for every page: axe finds nothing in light and dark, it looks as it did, it is not heavy. */
export function everyPage(dashboard: Dashboard): void {
  let places: Places;

  beforeAll(async () => {
    const search = await dashboard.finishedSearch();
    const { leaderboards } = await dashboard.client.request(LeaderboardsDocument, { first: 1 });
    const { teams } = await dashboard.client.request(TeamsDocument, { first: 1 });
    const detail = await readSearch(dashboard.client, search);
    // Of the first block of the best network: those that the page of feature maps shows when it is opened.
    const [chosen] = detail?.networks[0]?.choices ?? [];
    const cell = detail?.blocks[0]?.cells.find(({ index }) => index === chosen?.cell)?.id ?? '';
    await dashboard.client.request(RequestFeatureMapsDocument, { input: { cell, samples: [0] } });
    for await (const _ of watchSearch(dashboard.client, search, { after: detail?.cursor ?? '0' }));
    places = {
      id: search,
      cell: detail?.blocks[0]?.cells[1]?.id ?? '',
      network: detail?.networks[0]?.id ?? '',
      team: (...below) =>
        ['/teams', ...[teams.nodes[0]?.id ?? '', ...below].map(encodeURIComponent)].join('/'),
      search: (...below) => dashboard.addressOf(search, ...below),
      board: `/leaderboard/${encodeURIComponent(leaderboards.nodes[0]?.id ?? '')}`,
    };
  });

  for (const [name, addressOf] of Object.entries(pages)) {
    test(`${name}: axe finds nothing, it looks as it did and keeps to its budget`, async () => {
      const wrong: string[] = [];
      for (const width of widths) {
        const page = await dashboard.open(addressOf(places), {
          viewport: { width, height: 1000 },
          colorScheme: 'light',
          reducedMotion: 'reduce',
        });
        await settled(page);
        wrong.push(...(await overBudget(page)));
        const beyond = Number(
          await page.evaluate('document.documentElement.scrollWidth - innerWidth'),
        );
        if (beyond > 0) wrong.push(`${width} px: the page is ${beyond} px wider`);
        const difference = await pictureDifference(page, `${name}-${width}`);
        if (difference > 0) wrong.push(`${width} px: ${difference} of the picture differs`);
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme });
          // The new colours are there when they were drawn.
          await page.screenshot();
          const found = await axeFindings(page);
          wrong.push(...found.map((finding) => `${width} px, ${colorScheme}: ${finding}`));
        }
      }
      expect(wrong).toEqual([]);
    });
  }
}

/** Waits until nothing loads any more and two pictures in a row are the same. */
async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('load');
  await page.locator('h1').first().waitFor();
  await page.evaluate('document.fonts.ready');
  let before = '';
  await expect
    .poll(
      async () => {
        const now = (await page.screenshot()).toString('base64');
        const isSame =
          now === before && (await page.getByRole('status', { name: 'Loading…' }).count()) === 0;
        before = now;
        return isSame;
      },
      { interval: 300 },
    )
    .toBe(true);
}
