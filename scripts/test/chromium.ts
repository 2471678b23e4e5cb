import { existsSync } from 'node:fs';
import { runTool } from './steps.ts';

const debianPath = '/usr/bin/chromium';

/** The browser for the browser tests, or why there is none and how to have one. */
export type Browser = { readonly path: string } | { readonly missing: string };

/** CHROMIUM_PATH, or Debian's Chromium; installed when it is missing and we are root on Debian. */
export async function findChromium(): Promise<Browser> {
  const given = process.env.CHROMIUM_PATH;
  if (given) {
    return existsSync(given) ? { path: given } : { missing: `CHROMIUM_PATH: no file ${given}.` };
  }
  if (existsSync(debianPath)) return { path: debianPath };
  if (!existsSync('/usr/bin/apt-get')) {
    return { missing: 'Install Chromium and set CHROMIUM_PATH to its program.' };
  }
  if (process.getuid?.() !== 0) {
    return { missing: 'Install the browser: sudo apt-get install -y chromium' };
  }
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']]) {
    const { code, log } = await runTool('apt-get', args);
    if (code !== 0) {
      return { missing: `apt-get ${args.join(' ')} failed:\n${log.trimEnd()}` };
    }
  }
  return existsSync(debianPath)
    ? { path: debianPath }
    : { missing: `apt-get installed chromium, but there is no ${debianPath}.` };
}
