import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';
import { UsageError } from './usage-error.ts';

export async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw unreadable(file, error);
  }
}

/** A file of JSON, or of YAML by its ending. */
export async function readData(file: string): Promise<unknown> {
  const text = await readText(file);
  try {
    return isYaml(file) ? parse(text) : JSON.parse(text);
  } catch (error) {
    throw unreadable(file, error);
  }
}

export function isYaml(file: string): boolean {
  return ['.yaml', '.yml'].includes(path.extname(file).toLowerCase());
}

function unreadable(file: string, error: unknown): UsageError {
  const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
  return new UsageError(`${file} cannot be read: ${reason}`, { cause: error });
}
