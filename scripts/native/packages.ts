import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { npmInstall } from './npm-install.ts';
import { Refusal } from './refusal.ts';

/** Packages that a plain install does without; not in the lockfile, so pinned here. */
const tfjsVersion = '4.22.0';
const nodeHeadersVersion = '1.9.0';

export const nodeHeadersPackage = 'node-api-headers';

export interface TfjsPackage {
  readonly name: '@tensorflow/tfjs-node' | '@tensorflow/tfjs-node-gpu';
  readonly version: string;
}

export function tfjsPackage(gpu: boolean): TfjsPackage {
  return {
    name: gpu ? '@tensorflow/tfjs-node-gpu' : '@tensorflow/tfjs-node',
    version: tfjsVersion,
  };
}

/**
 * Installs tfjs-node and Node-API's headers into `folder`, without running what they would do on
 * installation. tfjs's union package and tfjs-core, which tfjs-node asks for, are replaced by packages
 * that hand out the platform's own tfjs-core: there must be one copy, and the union's other 280 MB are
 * not needed.
 *
 * @param core the platform's @tensorflow/tfjs-core, as packages/engine sees it
 * @throws Refusal when npm does not get them
 */
export async function installPackages(
  folder: string,
  core: string,
  { name, version }: TfjsPackage,
): Promise<void> {
  for (const standIn of ['tfjs', 'tfjs-core']) {
    const place = path.join(folder, standIn);
    mkdirSync(place, { recursive: true });
    const manifest = { name: `@tensorflow/${standIn}`, version, main: 'index.cjs' };
    writeJson(path.join(place, 'package.json'), manifest);
    const target = JSON.stringify(path.relative(place, core));
    writeFileSync(path.join(place, 'index.cjs'), `module.exports = require(${target});\n`);
  }
  const complaint = await npmInstall(folder, {
    '@tensorflow/tfjs': 'file:./tfjs',
    '@tensorflow/tfjs-core': 'file:./tfjs-core',
    [name]: version,
    [nodeHeadersPackage]: nodeHeadersVersion,
  });
  if (complaint !== null) throw new Refusal(`npm did not get ${name} ${version}: ${complaint}`);
}

function writeJson(file: string, value: unknown): void {
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
}
