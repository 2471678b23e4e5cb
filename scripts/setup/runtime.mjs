import { createRequire } from 'node:module';
import path from 'node:path';
import { root } from './run.mjs';

/**
 * A Node 22 that runs TypeScript files: this one where it fits, else the one that the npm package
 * `node` brought. The file itself, not the shell script in node_modules/.bin, so that signals and
 * exit status pass directly.
 */
export function runtimeNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major === 22 && minor >= 18) return process.execPath;
  const manifest = createRequire(path.join(root, 'package.json')).resolve('node/package.json');
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  return path.join(path.dirname(manifest), 'bin', file);
}
