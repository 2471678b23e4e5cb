import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { ask } from '../api/ask.ts';
import type { BenchApi } from '../api/server.ts';

const viewport = { width: 1440, height: 1000 };

/** A browser whose pages are signed in as the owner. */
export interface Visitor {
  /** Opens pages that share nothing with others but the cookie: their files are not cached. */
  arrive(): Promise<BrowserContext>;
  /** A page of its own at an address of the dashboard, which it has to show something of. */
  open(address: string): Promise<Page>;
  /** Of the browser. */
  readonly version: string;
  close(): Promise<void>;
}

export async function openVisitor(api: BenchApi, webUrl: string): Promise<Visitor> {
  const browser: Browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  const link = `mutation { createSignInLink(input: {}) { url } }`;
  const { data } = await ask<{ createSignInLink: { url: string } }>(api, link, {});
  const first = await browser.newContext({ viewport, locale: 'en-US' });
  const page = await first.newPage();
  await page.goto(data.createSignInLink.url);
  await page.getByRole('link', { name: 'Owner' }).waitFor();
  const cookies = await first.cookies();
  await first.close();

  const arrive = async () => {
    const context = await browser.newContext({ viewport, locale: 'en-US' });
    await context.addCookies(cookies);
    return context;
  };
  return {
    arrive,
    open: async (address) => {
      const page = await (await arrive()).newPage();
      await page.goto(new URL(address, webUrl).href);
      return page;
    },
    version: browser.version(),
    close: () => browser.close(),
  };
}
