import { generate, generatedParts } from '../setup/steps.mjs';
import { findChromium } from './chromium.ts';
import { type Finding, failedOnce } from './steps.ts';
import { runTests } from './vitest.ts';

const notBuilt: Finding = { tally: failedOnce, text: 'The web pages could not be built.' };

/** Builds the web pages and tests all that `npm start` runs, as processes. */
export async function runPlatformTests(): Promise<Finding> {
  return (await generate(generatedParts)) ? await runTests('platform') : notBuilt;
}

/** Builds the web pages and tests them in Chromium; without one, skips with a word on how to get it. */
export async function runBrowserTests(): Promise<Finding> {
  const browser = await findChromium();
  if ('missing' in browser) {
    return { tally: { passed: 0, failed: 0, skipped: 1 }, text: browser.missing };
  }
  if (!(await generate(generatedParts))) return notBuilt;
  process.env.CHROMIUM_PATH = browser.path;
  return await runTests('browser');
}
