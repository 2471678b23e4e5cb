import { generate, generatedParts } from '../setup/steps.mjs';
import { findChromium } from './chromium.ts';
import { type Finding, failedOnce } from './steps.ts';
import { runTests } from './vitest.ts';

/** Builds the web pages and tests them in Chromium; without one, skips with a word on how to get it. */
export async function runBrowserTests(): Promise<Finding> {
  const browser = await findChromium();
  if ('missing' in browser) {
    return { tally: { passed: 0, failed: 0, skipped: 1 }, text: browser.missing };
  }
  if (!(await generate(generatedParts))) {
    return { tally: failedOnce, text: 'The web pages could not be built.' };
  }
  process.env.CHROMIUM_PATH = browser.path;
  return await runTests('browser');
}
