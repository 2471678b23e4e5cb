import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  type Client,
  CreateSignInLinkDocument,
  createClient,
  StartSearchDocument,
  toSearchSpecInput,
  watchSearch,
} from '@blockwise/client';
import { createTestDatabase } from '@blockwise/db/testing';
import { freePort } from '@blockwise/postgres';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, vi } from 'vitest';
import { startGuard } from '../../src/guard.ts';
import { type Platform, startPlatform } from '../../src/platform.ts';
import { takeStateFolder } from '../../src/state-folder.ts';
import { smallSpec } from '../small-spec.ts';

/** The real dashboard, api and trainer over a real database, and a real browser to see them with. */
export interface Dashboard {
  readonly platform: Platform;
  readonly browser: Browser;
  /** Of the owner, over the API. */
  readonly client: Client;
  /**
   * Opens an address in a page where the owner is signed in. What goes wrong in it (an exception, an
   * error in the console, a request that fails) fails the test.
   */
  open(address: string, options?: BrowserContextOptions): Promise<Page>;
  /** The same without signing in. */
  openAsStranger(address: string): Promise<Page>;
  /** Starts the small search; with more epochs of its teacher it is still under way when somebody steers it. */
  submit(name: string, teacherEpochs?: number): Promise<string>;
  /** A small search that is COMPLETE, the same one for all who ask. */
  finishedSearch(): Promise<string>;
  /** Address of a page of a search. */
  addressOf(search: string, ...below: string[]): string;
}

/** Starts everything before the tests of a file and ends it after them. */
export function openDashboard(): Dashboard {
  const closing: (() => Promise<unknown> | unknown)[] = [];
  const contexts: BrowserContext[] = [];
  let problems: string[] = [];
  let parts: { platform: Platform; browser: Browser; client: Client; cookies: Cookies };
  let finished: Promise<string> | undefined;

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
    const platform = await startPlatform({
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
    const client = createClient({ url: platform.graphqlUrl, token: platform.token });
    closing.push(() => client.close());
    const browser = await chromium.launch({
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--font-render-hinting=none',
      ],
    });
    closing.push(() => browser.close());
    parts = { platform, browser, client, cookies: await signIn(browser, client) };
  });

  afterEach(async ({ task }) => {
    // What people see when a test fails, for whoever wants to look at it: set the variable to a folder.
    const folder = process.env.SCREENSHOT_FOLDER;
    for (const context of contexts.splice(0)) {
      const [page] = context.pages();
      if (folder && page) {
        const file = `${task.name.replaceAll(/\W+/g, '-')}.png`;
        await page.screenshot({ path: path.join(folder, file), fullPage: true });
      }
      await context.close();
    }
    const found = problems;
    problems = [];
    expect(found).toEqual([]);
  });

  afterAll(async () => {
    for (const close of closing.reverse()) await close();
  });

  const openIn = async (address: string, options: BrowserContextOptions, isSignedIn: boolean) => {
    const context = await parts.browser.newContext({
      viewport: { width: 1440, height: 1000 },
      locale: 'en-US',
      timezoneId: 'UTC',
      ...options,
    });
    contexts.push(context);
    if (isSignedIn) await context.addCookies(parts.cookies);
    const page = await context.newPage();
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    await page.goto(new URL(address, parts.platform.webUrl).href);
    return page;
  };

  const submit = async (name: string, teacherEpochs?: number): Promise<string> => {
    const input = { spec: toSearchSpecInput(smallSpec(name, teacherEpochs)) };
    return (await parts.client.request(StartSearchDocument, { input })).startSearch.id;
  };

  return {
    get platform() {
      return parts.platform;
    },
    get browser() {
      return parts.browser;
    },
    get client() {
      return parts.client;
    },
    open: (address, options = {}) => openIn(address, options, true),
    openAsStranger: (address) => openIn(address, {}, false),
    submit,
    finishedSearch: () => {
      finished ??= submit('finished').then(async (id) => {
        // It ends when nothing is under way for the search any more.
        for await (const _ of watchSearch(parts.client, id));
        return id;
      });
      return finished;
    },
    addressOf: (search, ...below) =>
      ['/searches', ...[search, ...below].map(encodeURIComponent)].join('/'),
  };
}

type Cookies = Awaited<ReturnType<BrowserContext['cookies']>>;

/** Signs in once by a one-time link, as the owner does after `npm start`. */
async function signIn(browser: Browser, client: Client): Promise<Cookies> {
  const context = await browser.newContext({ locale: 'en-US' });
  const { createSignInLink } = await client.request(CreateSignInLinkDocument, { input: {} });
  const page = await context.newPage();
  await page.goto(createSignInLink.url);
  await page.getByRole('link', { name: 'Owner' }).waitFor();
  const cookies = await context.cookies();
  await context.close();
  return cookies;
}
