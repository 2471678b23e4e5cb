import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root, runQuietly } from './run.mjs';
import { fingerprint, hasStamp, writeStamp } from './stamp.mjs';
import { timed } from './timed.mjs';

/**
 * Installs the locked dependencies unless node_modules already fits the lockfile and all manifests.
 *
 * @returns {Promise<boolean>} whether they are there
 */
export async function install() {
  const manifests = ['apps', 'packages'].flatMap((folder) =>
    readdirSync(path.join(root, folder)).map((name) => `${folder}/${name}/package.json`),
  );
  const wanted = fingerprint([
    'package.json',
    'pnpm-lock.yaml',
    'pnpm-workspace.yaml',
    ...manifests.sort(),
  ]);
  if (hasStamp('install', wanted)) return true;
  const done = await timed('Installing dependencies', () =>
    npmExec([pinnedPnpm(), 'install', '--frozen-lockfile', '--reporter=append-only']),
  );
  if (done) writeStamp('install', wanted);
  return done;
}

export function pinnedPnpm() {
  const { packageManager } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  return packageManager;
}

/**
 * `npx --yes …`, by the very npm that runs us where there is one: no shell, no look-up in PATH.
 *
 * @param {string[]} args
 */
function npmExec(args) {
  const npm = process.env.npm_execpath;
  return npm !== undefined && path.basename(npm) === 'npm-cli.js'
    ? runQuietly(process.execPath, [npm, 'exec', '--yes', '--', ...args])
    : runQuietly('npx', ['--yes', ...args]);
}

/**
 * Runs a package's script with node_modules/.bin on its PATH.
 *
 * @param {string} folder below the root
 * @param {string} script
 */
export function npmRun(folder, script) {
  const cwd = path.join(root, folder);
  const npm = process.env.npm_execpath;
  return npm !== undefined && path.basename(npm) === 'npm-cli.js'
    ? runQuietly(process.execPath, [npm, 'run', '--silent', script], { cwd })
    : runQuietly('npm', ['run', '--silent', script], { cwd });
}
