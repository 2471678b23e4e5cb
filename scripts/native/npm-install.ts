import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { complaint, run } from './run.ts';

/**
 * Installs packages into a folder of their own, without running what they would do on installation.
 *
 * @param dependencies versions, or files, by name
 * @returns why npm did not get them; null when it did
 */
export async function npmInstall(
  folder: string,
  dependencies: Readonly<Record<string, string>>,
): Promise<string | null> {
  mkdirSync(folder, { recursive: true });
  const manifest = { private: true, dependencies };
  writeFileSync(path.join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  const ran = await npm(
    ['install', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund', '--no-progress'],
    folder,
  );
  return ran.ok ? null : complaint(ran);
}

/** Runs the npm that runs us, where there is one. */
function npm(args: readonly string[], cwd: string) {
  const file = process.env.npm_execpath;
  return file !== undefined && path.basename(file) === 'npm-cli.js'
    ? run(process.execPath, [file, ...args], { cwd })
    : run('npm', args, { cwd });
}
