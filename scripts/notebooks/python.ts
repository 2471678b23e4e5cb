import { execFileSync } from 'node:child_process';

/** The Python that runs notebooks and their module: `BLOCKWISE_TEST_PYTHON`, else the shell's. */
export const python = process.env.BLOCKWISE_TEST_PYTHON ?? 'python3';

/** Why Python cannot run something that imports these modules, as the end of a test's name; else ''. */
export function skippedWithout(modules: readonly string[]): string {
  if (!runs('import sys; sys.exit(sys.version_info < (3, 9))')) {
    return ` (skipped: no Python 3.9 or later as ${python}; BLOCKWISE_TEST_PYTHON names another)`;
  }
  const missing = modules.filter((name) => !runs(`import ${name}`));
  if (missing.length === 0) return '';
  return ` (skipped: ${python} lacks ${missing.join(' and ')}; BLOCKWISE_TEST_PYTHON names another)`;
}

function runs(line: string): boolean {
  try {
    execFileSync(python, ['-c', line], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
