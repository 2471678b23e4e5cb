import { existsSync } from 'node:fs';
import path from 'node:path';
import { askPython, type Python } from './python.ts';
import { Refusal } from './refusal.ts';
import { complaint, run } from './run.ts';

/** The release that the platform was tried with. */
export const pinnedTensorflow = '2.21.0';

/** What pip is asked for. */
export function requirement(gpu: boolean): string {
  return gpu ? `tensorflow[and-cuda]==${pinnedTensorflow}` : `tensorflow-cpu==${pinnedTensorflow}`;
}

/**
 * Has pip install TensorFlow into an environment of its own in `folder`, from wherever pip is
 * configured to look.
 *
 * @throws Refusal when Python cannot make environments, or pip does not get it
 */
export async function pipInstall(
  folder: string,
  python: Python,
  gpu: boolean,
  env: NodeJS.ProcessEnv,
): Promise<Python> {
  const inside = path.join(folder, 'bin/python');
  if (!existsSync(inside)) {
    const made = await run(python.file, ['-m', 'venv', '--clear', folder], { env });
    if (!made.ok) {
      throw new Refusal(
        `${python.file} cannot make an environment with pip (on Debian and Ubuntu: apt-get install python3-venv): ${complaint(made)}`,
      );
    }
  }
  const args = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', requirement(gpu)];
  const installed = await run(inside, args, { env });
  if (!installed.ok) {
    throw new Refusal(
      `pip did not get ${requirement(gpu)} for Python ${python.version}: ${complaint(installed)}`,
    );
  }
  return await askPython(inside, env);
}
