import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startTestApi, type TestApi } from '../src/testing/test-api.ts';
import { playTeacher, startSearch } from '../src/testing/test-search.ts';

// The explorer of a real API in a real browser that reaches nothing else.

let api: TestApi;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let elsewhere: string[];
let problems: string[];

beforeAll(async () => {
  api = await startTestApi();
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    ],
  });
});

afterAll(async () => {
  await browser?.close();
  await api.close();
});

beforeEach(async () => {
  context = await browser.newContext();
  elsewhere = [];
  problems = [];
  const { host } = new URL(api.server.url);
  await context.route(
    (url) => url.host !== host && !['data:', 'blob:'].includes(url.protocol),
    (route) => {
      elsewhere.push(route.request().url());
      return route.abort();
    },
  );
  page = await context.newPage();
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  return () => context.close();
});

/** Signs the browser in, as the link does that `npm start` prints. */
async function signIn(): Promise<void> {
  const { createSignInLink } = await api.ask('mutation { createSignInLink { url } }');
  await context.request.get(createSignInLink.url, { maxRedirects: 0 });
}

async function openExplorer(): Promise<void> {
  await page.goto(new URL('/explorer', api.server.url).href);
  await page.getByRole('button', { name: /Execute query/ }).waitFor();
  // The schema is there: the editor knows what it completes.
  await page.getByRole('button', { name: /Show Documentation Explorer/ }).waitFor();
}

/** Types into the editor that is to be seen there; it closes brackets and quotes by itself. */
async function type(editor: string, text: string): Promise<void> {
  await page.locator(`${editor} .view-lines`).filter({ visible: true }).click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('Delete');
  await page.keyboard.type(text);
}

async function run(query: string): Promise<void> {
  await type('.graphiql-query-editor', query);
  await page.getByRole('button', { name: /Execute query/ }).click();
}

/** What the answer's pane shows, without the editor's special spaces. */
async function answer(): Promise<string> {
  const lines = await page.locator('.result-window .view-line').allTextContents();
  return lines.join('\n').replaceAll('\u00a0', ' ');
}

test('who is not signed in reads where to sign in', async () => {
  await page.goto(new URL('/explorer', api.server.url).href);
  await page.getByText('The explorer is for people who are signed in').waitFor();
  expect(elsewhere).toEqual([]);
});

test('a query is typed and answered, and nothing comes from elsewhere', async () => {
  await signIn();
  await openExplorer();
  await run('{ serverInfo { version } viewer { user { email } } }');
  await expect.poll(answer).toContain('"version": "0.1.0"');
  expect(await answer()).toContain('"email"');
  expect([elsewhere, problems]).toEqual([[], []]);
});

test('a subscription delivers as things happen', async () => {
  const search = await startSearch(api);
  await signIn();
  await openExplorer();
  await run(`subscription { searchEvents(search: "${search}") { cursor events { kind } } }`);
  await expect.poll(answer).toContain('"cursor"');
  const before = await answer();
  await playTeacher(api.platform);
  await expect.poll(answer).not.toBe(before);
  expect([elsewhere, problems]).toEqual([[], []]);
});

test('a header that is typed is sent, and forgotten with the page', async () => {
  await signIn();
  await openExplorer();
  await page.getByRole('button', { name: 'Headers' }).click();
  await type('.graphiql-editor-tool', '{ "Authorization": "Bearer of-nobody" }');
  await run('{ viewer { user { email } } }');
  await expect.poll(answer).toContain('UNAUTHENTICATED');
  const kept = await page.evaluate(() => JSON.stringify(localStorage));
  expect(kept).not.toContain('of-nobody');
});
