import { readFile } from 'node:fs/promises';

/** The last lines of a log, indented; a word when there are none. */
export async function logTail(file: string, lineCount = 20): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const lines = text.trimEnd().split('\n').slice(-lineCount);
  const shown = lines.filter((line) => line !== '').map((line) => `  ${line}`);
  return shown.length === 0 ? `(${file} is empty)` : `${file} ends with:\n${shown.join('\n')}`;
}
