import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  type Client,
  CreateSignInLinkDocument,
  createClient,
  LeaderboardDocument,
  LeaderboardsDocument,
  ParetoFrontDocument,
  RetrainNetworksDocument,
  SolveDocument,
  StartSearchDocument,
  toSearchSpecInput,
  ViewerDocument,
  watchSearch,
} from '@blockwise/client';
import { createTestDatabase } from '@blockwise/db/testing';
import { freePort } from '@blockwise/postgres';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { startGuard } from '../src/guard.ts';
import { type Platform, startPlatform } from '../src/platform.ts';
import { takeStateFolder } from '../src/state-folder.ts';
import { smallSpec } from './small-spec.ts';

// The real dashboard, api and trainer over a real database, seen through a real browser.

let platform: Platform;
let browser: Browser;
let signedIn: BrowserContext;
let client: Client;
let page: Page;
let problems: string[];
const closing: (() => Promise<unknown> | unknown)[] = [];

beforeAll(async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'blockwise-dashboard-'));
  closing.push(() => rm(folder, { recursive: true, force: true }));
  const database = await createTestDatabase();
  closing.push(() => database.drop());
  const guard = startGuard();
  closing.push(() => guard.close());
  const state = await takeStateFolder(folder, guard.pid);
  // Pages ask for nothing but persisted documents, or they would be refused.
  vi.stubEnv('DOCUMENTS_ONLY', 'true');
  closing.push(() => vi.unstubAllEnvs());
  platform = await startPlatform({
    state,
    guard,
    database: {
      url: database.url,
      place: undefined,
      ended: new Promise(() => {}),
      logFile: path.join(state.logs, 'postgres.log'),
      stop: async () => {},
    },
    webPort: await freePort(),
    onNotice: (line) => console.log(line),
    onStarted: (part) => closing.push(() => part.stop()),
  });
  client = createClient({ url: platform.graphqlUrl, token: platform.token });
  closing.push(() => client.close());
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  closing.push(() => browser.close());
  signedIn = await browser.newContext({ viewport: { width: 1440, height: 1000 } });
  const { createSignInLink } = await client.request(CreateSignInLinkDocument, { input: {} });
  const first = await signedIn.newPage();
  await first.goto(createSignInLink.url);
  await first.getByRole('link', { name: 'Owner' }).waitFor();
  await first.close();
});

afterAll(async () => {
  for (const close of closing.reverse()) await close();
});

beforeEach(async () => {
  page = await signedIn.newPage();
  problems = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
});

afterEach(async () => {
  // What people see, for whoever wants to look at it: set the variable to a folder.
  const folder = process.env.SCREENSHOT_FOLDER;
  if (folder) await page.screenshot({ path: `${folder}/${Date.now()}.png`, fullPage: true });
  await page.close();
});

async function submit(name: string): Promise<string> {
  const spec = smallSpec(name);
  const input = { spec: toSearchSpecInput(spec) };
  return (await client.request(StartSearchDocument, { input })).startSearch.id;
}

test('without a search the list says how to get one', async () => {
  await page.goto(platform.webUrl);
  await page.getByText('No search yet.').waitFor();
  expect(problems).toEqual([]);
});

test('a search is watched from its start to its tested networks, by keyboard alone', async () => {
  await submit('watched');
  await page.goto(platform.webUrl);
  const watched = page.getByRole('link', { name: 'watched' });
  await watched.waitFor();
  await watched.focus();
  await page.keyboard.press('Enter');

  // While it runs: phases move and curves grow, without a reload.
  const heading = page.getByRole('heading', { level: 1, name: 'watched' });
  await heading.waitFor();
  const teacher = page.getByRole('progressbar', { name: 'Teacher phase' });
  await expect.poll(() => teacher.getAttribute('aria-valuenow')).toBe('100');
  await page.getByRole('img', { name: /Training loss over steps: .*Cell 1\.1/ }).waitFor();

  // Its end arrives by itself.
  const head = heading.locator('..');
  await head.getByText('Complete', { exact: true }).waitFor();
  for (const phase of ['Distil', 'Rate', 'Solve', 'Retrain']) {
    const bar = page.getByRole('progressbar', { name: `${phase} phase` });
    await expect.poll(() => bar.getAttribute('aria-valuenow')).toBe('100');
  }
  const networks = page.getByRole('region', { name: 'Found networks' });
  await expect.poll(() => networks.getByRole('row').count()).toBe(1 + 2);
  await expect.poll(() => networks.getByText(/\d\.\d %/).count()).toBe(2);

  // A network's files are made when somebody asks for them, and their links arrive by themselves.
  await networks.getByRole('button', { name: 'Make files' }).first().focus();
  await page.keyboard.press('Enter');
  const link = networks.getByRole('link', { name: 'PyTorch' });
  const downloading = page.waitForEvent('download');
  await link.click();
  const file = await readFile(await (await downloading).path());
  const sha256 = createHash('sha256').update(file).digest('hex');
  expect(await link.getAttribute('title')).toContain(sha256);
  expect(await networks.getByRole('link').allTextContents()).toEqual(
    expect.arrayContaining(['architecture', 'safetensors', 'PyTorch', 'ONNX', 'TensorFlow.js']),
  );

  // The rated candidates of a cell, sorted by a key press.
  const table = page.getByRole('region', { name: 'Rated candidates' });
  const sort = table.getByRole('button', { name: /Macs/ });
  await sort.focus();
  await page.keyboard.press('Enter');
  await table.getByRole('columnheader', { name: 'Macs ↑' }).waitFor();
  const dots = page.getByRole('img', { name: /Rating against macs of 2 candidates/ });
  expect(await dots.locator('circle').count()).toBe(2 + 1);

  // Another budget is answered from stored ratings.
  const budget = page.getByRole('region', { name: 'Any other budget' });
  await budget.getByLabel('Params at most').fill('10');
  await budget.getByRole('alert').waitFor();
  await budget.getByLabel('Params at most').fill('100000');
  await expect.poll(() => budget.getByRole('row').count()).toBe(1 + 5);

  await page.getByRole('link', { name: 'Leaderboards' }).click();
  const boards = page.getByRole('region', { name: 'Leaderboards' });
  await boards.getByRole('link', { name: /^procedural/ }).click();
  const board = page.getByRole('region', { name: 'Tested networks' });
  await expect.poll(() => board.getByRole('row').count()).toBe(1 + 2);
  await expect.poll(() => board.getByText('✓ verified').count()).toBe(2);
  expect(problems).toEqual([]);
});

test('a running search is cancelled from its page', async () => {
  const id = await submit('cancelled');
  await page.goto(`${platform.webUrl}/searches/${encodeURIComponent(id)}`);
  page.on('dialog', (dialog) => dialog.accept());
  await page.getByRole('button', { name: 'Cancel search' }).click();
  const head = page.getByRole('heading', { level: 1, name: 'cancelled' }).locator('..');
  await head.getByText('Cancelled', { exact: true }).waitFor();
  expect(problems).toEqual([]);
});

test('an address without a search says so', async () => {
  await page.goto(`${platform.webUrl}/searches/nothing`);
  await page
    .getByRole('alert')
    .filter({ hasText: /id|search/ })
    .first()
    .waitFor();
});

test('people sign in, make a team and a token, invite others, and sign out', async () => {
  const owner = await signedIn.newPage();
  await owner.goto(`${platform.webUrl}/account`);
  const profile = owner.getByRole('region', { name: 'Profile' });
  await profile.getByLabel('New password').fill('a password to remember');
  await profile.getByRole('button', { name: 'Set password' }).click();
  await profile.getByText('The password is set.').waitFor();

  const teams = owner.getByRole('region', { name: 'Teams' });
  await teams.getByLabel('Name of a new team').fill('vision');
  await teams.getByRole('button', { name: 'Make team' }).click();
  const row = teams.getByRole('row', { name: /vision/ });
  await row.getByRole('button', { name: 'Invite a member' }).click();
  const invitation = await teams.getByRole('status').locator('code').textContent();

  const tokens = owner.getByRole('region', { name: 'Tokens' });
  await tokens.getByLabel('What the token is for').fill('notebook');
  await tokens.getByRole('button', { name: 'Make token' }).click();
  const token = (await tokens.getByRole('status').locator('code').textContent()) ?? '';
  const notebook = createClient({ url: platform.graphqlUrl, token });
  const { viewer } = await notebook.request(ViewerDocument, {});
  expect(viewer?.user.name).toBe('Owner');
  await tokens
    .getByRole('row', { name: /notebook/ })
    .getByRole('button', { name: 'Revoke' })
    .click();
  await tokens.getByRole('row', { name: /notebook/ }).waitFor({ state: 'detached' });
  await expect(notebook.request(ViewerDocument, {})).rejects.toMatchObject({
    code: 'UNAUTHENTICATED',
  });
  await notebook.close();

  // Somebody else, in a browser of their own.
  const other = await browser.newContext();
  const guest = await other.newPage();
  await guest.goto(platform.webUrl);
  await guest.getByText('Nobody is signed in').waitFor();
  await guest.goto(invitation ?? '');
  await guest.getByLabel('Name').fill('Ada');
  await guest.getByLabel('E-mail').fill('ada@example.org');
  await guest.getByLabel('Password').fill('another password');
  await guest.getByRole('button', { name: 'Make account and join' }).click();
  await guest
    .getByRole('row', { name: /vision/ })
    .getByText('Member')
    .waitFor();
  await guest.getByRole('button', { name: 'Sign out' }).click();
  await guest.getByLabel('E-mail').fill('ada@example.org');
  await guest.getByLabel('Password').fill('a wrong password');
  await guest.getByRole('button', { name: 'Sign in', exact: true }).click();
  await guest
    .getByRole('alert')
    .filter({ hasText: /password/i })
    .waitFor();
  await guest.getByLabel('Password').fill('another password');
  await guest.getByRole('button', { name: 'Sign in', exact: true }).click();
  await guest.getByRole('link', { name: 'Ada' }).waitFor();
  // What belongs to the owner's first team is not hers to see.
  await guest.getByText('No search yet').waitFor();
  await other.close();
  await owner.close();
});

test('from signing in to a verified entry: a team, a token, a notebook, three budgets', async () => {
  const owner = await signedIn.newPage();
  await owner.goto(`${platform.webUrl}/account`);
  const teams = owner.getByRole('region', { name: 'Teams' });
  await teams.getByLabel('Name of a new team').fill('whole way');
  await teams.getByRole('button', { name: 'Make team' }).click();
  await teams.getByRole('row', { name: /whole way/ }).waitFor();
  const tokens = owner.getByRole('region', { name: 'Tokens' });
  await tokens.getByLabel('What the token is for').fill('whole way');
  await tokens.getByLabel('Team').selectOption({ label: 'whole way' });
  await tokens.getByRole('button', { name: 'Make token' }).click();
  const token = (await tokens.getByRole('status').locator('code').textContent()) ?? '';

  // The notebook: it knows the address and the token, and nothing else.
  const notebook = createClient({ url: platform.graphqlUrl, token });
  closing.push(() => notebook.close());
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

  await owner.goto(`${platform.webUrl}/leaderboard/${encodeURIComponent(board?.id ?? '')}`);
  await expect.poll(() => owner.getByText('✓ verified').count()).toBe(3);
  // The team's own: who is in another team, or in none, does not see it.
  const stranger = await browser.newContext();
  const elsewhere = await stranger.newPage();
  await elsewhere.goto(`${platform.webUrl}/searches/${encodeURIComponent(search)}`);
  await elsewhere.getByRole('alert').first().waitFor();
  await stranger.close();
  await owner.close();
});
