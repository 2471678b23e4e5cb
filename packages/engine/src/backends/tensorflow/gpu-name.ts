import { execFileSync } from 'node:child_process';

/** What the driver calls a GPU of a number or UUID, "NVIDIA L4"; null where its tool does not say. */
export function gpuName(card: string): string | null {
  try {
    const flags = ['--query-gpu=name', '--format=csv,noheader', `--id=${card}`];
    const output = execFileSync('nvidia-smi', flags, {
      encoding: 'utf8',
      stdio: 'pipe',
      timeout: 10_000,
    });
    return output.trim().split('\n')[0] || null;
  } catch {
    return null;
  }
}
