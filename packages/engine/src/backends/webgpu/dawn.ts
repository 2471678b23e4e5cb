/// <reference types="@webgpu/types/dist/index.d.ts" />
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { DomainError } from '@blockwise/contracts';
import { nativeFolder } from '../native-folder.ts';
import { setUpCommand } from '../set-up.ts';

/** Dawn, Chromium's WebGPU, as npm's package `webgpu` brings it to Node. */
export interface Dawn {
  /** A `navigator.gpu`; options as `adapter=NAME`. Its process lives as long as it is referenced. */
  create(options: string[]): GPU;
  /** The classes and constants that a browser has as globals. */
  readonly globals: Readonly<Record<string, unknown>>;
  readonly version: string;
}

/**
 * Loads Dawn from where `npm run native -- --webgpu` puts it. Its package is a download of 51 MB for
 * all platforms together, which a laptop that trains on wasm is spared.
 *
 * @throws DomainError ENGINE_UNAVAILABLE when it was not set up, or does not run on this platform
 */
export async function loadDawn(): Promise<Dawn> {
  const folder = path.join(nativeFolder(), 'webgpu', 'node_modules', 'webgpu');
  const manifest = readManifest(path.join(folder, 'package.json'));
  if (manifest === undefined) {
    throw new DomainError(
      'ENGINE_UNAVAILABLE',
      `WebGPU is not set up: "${setUpCommand('webgpu')}" does it.`,
    );
  }
  const entry = createRequire(path.join(folder, 'package.json')).resolve(folder);
  try {
    const { create, globals } = await import(pathToFileURL(entry).href);
    return { create, globals, version: manifest.version };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DomainError(
      'ENGINE_UNAVAILABLE',
      `WebGPU ${manifest.version} does not load on ${process.platform} ${process.arch}: ${reason}`,
      { cause },
    );
  }
}

function readManifest(file: string): { version: string } | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as { version: string };
  } catch {
    return undefined;
  }
}
