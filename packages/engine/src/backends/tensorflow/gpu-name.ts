import { execFileSync } from 'node:child_process';

/** What the driver calls a GPU, "NVIDIA L4"; null where its tool does not say. */
export function gpuName(index: number): string | null {
  try {
    const flags = ['--query-gpu=name', '--format=csv,noheader', `--id=${index}`];
    const output = execFileSync('nvidia-smi', flags, { encoding: 'utf8', stdio: 'pipe' });
    return output.trim().split('\n')[0] || null;
  } catch {
    return null;
  }
}
