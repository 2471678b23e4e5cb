import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './run.mjs';

const stampFolder = path.join(root, 'node_modules', '.blockwise');
const passedOver = new Set(['node_modules', '.next', 'next-env.d.ts', 'generated', 'build']);

/**
 * SHA-256 of the contents of files and folders, with their names. Tests and generated files in
 * folders are passed over; what is missing counts as empty.
 *
 * @param {string[]} inputs paths below the root
 */
export function fingerprint(inputs) {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}`);
  /** @param {string} relative */
  const add = (relative) => {
    const full = path.join(root, relative);
    if (!existsSync(full)) return;
    if (statSync(full).isDirectory()) {
      for (const name of readdirSync(full).sort()) {
        if (!passedOver.has(name) && !name.includes('.test.')) add(path.join(relative, name));
      }
    } else {
      hash.update(`\0${relative.replaceAll(path.sep, '/')}\0`).update(readFileSync(full));
    }
  };
  for (const input of inputs) add(input);
  return hash.digest('hex');
}

/**
 * @param {string} name
 * @param {string} value
 */
export function hasStamp(name, value) {
  const file = path.join(stampFolder, name);
  return existsSync(file) && readFileSync(file, 'utf8') === value;
}

/**
 * @param {string} name
 * @param {string} value
 */
export function writeStamp(name, value) {
  mkdirSync(stampFolder, { recursive: true });
  writeFileSync(path.join(stampFolder, name), value);
}
