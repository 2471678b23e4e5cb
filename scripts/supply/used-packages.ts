import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { parse } from 'yaml';
import { pinnedPnpm } from '../setup/install.mjs';
import { root, runTool } from '../test/steps.ts';

/** A package of the registry that the platform runs with. */
export interface UsedPackage {
  readonly name: string;
  readonly version: string;
  /** SPDX expression, as its author wrote it; `Unknown` where there is none. */
  readonly license: string;
  readonly homepage: string | undefined;
  /** SHA-512 of its archive, hex, as the lockfile has it. */
  readonly sha512: string | undefined;
}

/** What pnpm tells, with the words of its own that come before the answer left out. */
export async function pnpmJson(args: readonly string[]): Promise<unknown> {
  const { log } = await runTool('npx', ['--yes', pinnedPnpm(), ...args, '--json'], root);
  const begin = log.indexOf('{');
  if (begin === -1) throw new Error(log.trim());
  return JSON.parse(log.slice(begin, log.lastIndexOf('}') + 1));
}

interface Listed {
  readonly name: string;
  readonly versions: readonly string[];
  readonly homepage?: string;
}

/** All packages that run, not those that build and test; by name and version. */
export async function usedPackages(): Promise<UsedPackage[]> {
  const listed = (await pnpmJson(['licenses', 'list', '--prod'])) as Record<string, Listed[]>;
  const lock = parse(await readFile(path.join(root, 'pnpm-lock.yaml'), 'utf8')) as {
    packages: Record<string, { resolution?: { integrity?: string } }>;
  };
  return Object.entries(listed)
    .flatMap(([license, packages]) =>
      packages.flatMap(({ name, versions, homepage }) =>
        versions.map((version) => ({
          ...{ name, version, license, homepage },
          sha512: sha512Of(lock.packages[`${name}@${version}`]?.resolution?.integrity),
        })),
      ),
    )
    .sort((a, b) => a.name.localeCompare(b.name) || a.version.localeCompare(b.version));
}

function sha512Of(integrity: string | undefined): string | undefined {
  const [algorithm, digest = ''] = integrity?.split('-') ?? [];
  return algorithm === 'sha512' ? Buffer.from(digest, 'base64').toString('hex') : undefined;
}

/** Name and version of the project itself. */
export function projectPackage(): { name: string; version: string; license: string } {
  return createRequire(import.meta.url)('../../package.json');
}
