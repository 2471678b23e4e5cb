import { appendFile, readFile } from 'node:fs/promises';
import type { DatasetInfo } from '@blockwise/contracts';
import { systemErrorCode } from '../not-found.ts';
import { fileAt, fileCount } from './part-files.ts';
import { markBroken, type StreamedFiles } from './streamed-files.ts';

type Rejected = DatasetInfo['rejected'][number];

/** A broken file, as a line of the record. */
interface RecordedFile {
  readonly part: string;
  readonly position: number;
  readonly label: number;
  readonly reason: string;
}

/** Adds a broken file to the record, which several threads and processes may write to. */
export async function recordBroken(
  { files, recordFile }: StreamedFiles,
  position: number,
  label: number,
  reason: string,
): Promise<void> {
  if (recordFile === null) return;
  const line: RecordedFile = { part: files.part, position, label, reason };
  await appendFile(recordFile, `${JSON.stringify(line)}\n`);
}

/** The recorded broken files, in the order of positions; they are marked as broken. */
export async function recallBroken(parts: readonly StreamedFiles[]): Promise<Rejected[]> {
  const lines = await recordedLines(parts[0]?.recordFile ?? null);
  const rejected: Rejected[] = [];
  for (const part of parts) {
    const own = lines
      .filter((line) => line.part === part.files.part && line.position < fileCount(part.files))
      .sort((a, b) => a.position - b.position);
    for (const { position, label, reason } of own) {
      if (!markBroken(part, position)) continue;
      rejected.push({ file: fileAt(part.files, position, label), reason });
    }
  }
  return rejected;
}

async function recordedLines(file: string | null): Promise<RecordedFile[]> {
  if (file === null) return [];
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return [];
    throw error;
  }
  return text.split('\n').flatMap((line) => parsedLine(line) ?? []);
}

/** Null for the last line of a writer that was killed: the file is found broken again. */
function parsedLine(line: string): RecordedFile | null {
  try {
    return JSON.parse(line) as RecordedFile;
  } catch {
    return null;
  }
}
