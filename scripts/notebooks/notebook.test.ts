import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readNotebook } from './notebook.ts';

const folder = new URL('../../notebooks/', import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith('.ipynb'));

test('there are five', () => expect(names).toHaveLength(5));

describe.each(names)('%s', (name) => {
  const { cells, metadata, nbformat, nbformat_minor } = readNotebook(
    new URL(name, folder).pathname,
  );

  test('is a notebook of format 4.5 as it was written: nothing was run', () => {
    expect([nbformat, nbformat_minor]).toEqual([4, 5]);
    const kernel = name === 'typescript.ipynb' ? ['deno', 'typescript'] : ['python3', 'python'];
    expect([metadata.kernelspec.name, metadata.kernelspec.language]).toEqual(kernel);
    expect(new Set(cells.map(({ id }) => id)).size).toBe(cells.length);
    for (const { id, cell_type, source, ...rest } of cells) {
      expect(id).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
      expect(source.join('').trim()).not.toBe('');
      expect(rest).toEqual(
        cell_type === 'code'
          ? { execution_count: null, metadata: {}, outputs: [] }
          : { metadata: {} },
      );
    }
  });

  test('begins with its title, and tells before it does', () => {
    expect(cells[0]?.cell_type).toBe('markdown');
    expect(cells[0]?.source[0]).toMatch(/^# \S/);
    const told = cells.filter(({ cell_type }) => cell_type === 'markdown').length;
    expect(told).toBeGreaterThanOrEqual(cells.length / 4);
  });
});
