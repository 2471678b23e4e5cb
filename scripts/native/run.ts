import { spawn } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';

interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

export interface Ran {
  readonly ok: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end, with nothing to read. One that does not start is not ok. */
export function run(
  file: string,
  args: readonly string[],
  { cwd, env = process.env }: RunOptions = {},
): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(file, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.once('error', (error) => resolve({ ok: false, stdout, stderr: String(error) }));
    child.once('close', (code) => resolve({ ok: code === 0, stdout, stderr }));
  });
}

/** The file that a name on the PATH stands for; a path stands for itself. Null if there is none. */
export function findProgram(name: string, env: NodeJS.ProcessEnv): string | null {
  const folders = name.includes(path.sep) ? [''] : (env.PATH ?? '').split(path.delimiter);
  for (const folder of folders) {
    const file = path.join(folder, name);
    if (isProgram(file)) return file;
  }
  return null;
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/**
 * The line of a program's output that says what went wrong: the last with "error: …", as compilers,
 * Python, pip and Node have it.
 */
export function complaint({ stdout, stderr }: Ran): string {
  const lines = `${stdout}\n${stderr}`.split('\n').map((line) => line.trim());
  const said = lines.filter((line) => line !== '');
  return said.findLast((line) => /error\b[^:]*: \S/i.test(line)) ?? said.at(-1) ?? 'no word';
}
