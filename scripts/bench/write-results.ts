import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { BenchFlags } from './flags.mjs';
import { replaceResults } from './markdown.ts';

/**
 * Writes a report as `NAME.json` and its results as `NAME.md`, and copies of both where the flags
 * want them: in a page between its markers of that name, else as the whole file.
 */
export async function writeResults(
  { out, json, markdown }: Pick<BenchFlags, 'out' | 'json' | 'markdown'>,
  name: string,
  report: object,
  results: string,
  say: (line: string) => void,
): Promise<void> {
  const data = `${JSON.stringify(report, null, 2)}\n`;
  await mkdir(out, { recursive: true });
  await writeFile(path.join(out, `${name}.json`), data);
  await writeFile(path.join(out, `${name}.md`), `${results}\n`);
  say(`Written: ${path.join(out, `${name}.json`)} and ${name}.md`);
  if (json !== undefined) await writeFile(json, data);
  if (markdown === undefined) return;
  const page = existsSync(markdown)
    ? replaceResults(await readFile(markdown, 'utf8'), results, name)
    : null;
  await writeFile(markdown, page ?? `${results}\n`);
}
