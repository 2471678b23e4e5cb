import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';

const rooms = path.resolve(import.meta.dirname, '..');

it('every class of a stylesheet is used by a component of its room', async () => {
  const files = await readdir(rooms, { recursive: true });
  const unused: string[] = [];
  for (const sheet of files.filter((file) => file.endsWith('.module.css'))) {
    const room = path.dirname(sheet);
    const near = files.filter((file) => path.dirname(file) === room && file.endsWith('.tsx'));
    const sources = await Promise.all(near.map((file) => readFile(path.join(rooms, file), 'utf8')));
    const users = sources
      .filter((source) => source.includes(`'./${path.basename(sheet)}'`))
      .join('');
    // A class that is chosen by a value cannot be told.
    if (/styles\[/.test(users)) continue;
    const css = (await readFile(path.join(rooms, sheet), 'utf8')).replaceAll(/\/\*.*?\*\//gs, '');
    const selectors = css.replaceAll(/\{[^{}]*\}/g, '\n');
    for (const [, name] of selectors.matchAll(/\.([a-z]\w*)/gi)) {
      if (!users.includes(`styles.${name}`)) unused.push(`${sheet}: .${name}`);
    }
  }
  expect([...new Set(unused)]).toEqual([]);
});
