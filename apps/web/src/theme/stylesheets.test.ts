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
    const named = new RegExp(`import (\\w+) from '\\./${path.basename(sheet)}'`);
    const used = sources.flatMap((source) => {
      const styles = named.exec(source)?.[1];
      return styles === undefined ? [] : source.match(new RegExp(`\\b${styles}(\\.\\w+|\\[)`, 'g'));
    });
    // A class that is chosen by a value cannot be told.
    if (used.some((use) => use?.endsWith('['))) continue;
    const css = (await readFile(path.join(rooms, sheet), 'utf8')).replaceAll(/\/\*.*?\*\//gs, '');
    const selectors = css.replaceAll(/\{[^{}]*\}/g, '\n');
    for (const [, name] of selectors.matchAll(/\.([a-z]\w*)/gi)) {
      if (!used.some((use) => use?.endsWith(`.${name}`))) unused.push(`${sheet}: .${name}`);
    }
  }
  expect([...new Set(unused)]).toEqual([]);
});
