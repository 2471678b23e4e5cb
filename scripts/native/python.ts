import path from 'node:path';
import { Refusal } from './refusal.ts';
import { complaint, findProgram, run } from './run.ts';

/** A Python and the TensorFlow it has. */
export interface Python {
  readonly file: string;
  /** "3.11.7" */
  readonly version: string;
  /** Folder of its TensorFlow package, or null. */
  readonly tensorflow: string | null;
}

const question = `import importlib.util, json, sys
spec = importlib.util.find_spec("tensorflow")
print(json.dumps({
    "version": ".".join(map(str, sys.version_info[:3])),
    "tensorflow": spec.origin if spec else None,
}))`;

/**
 * Looks at a Python, by path or by its name on the PATH, without importing TensorFlow.
 *
 * @throws Refusal when there is none or it does not run
 */
export async function askPython(name: string, env: NodeJS.ProcessEnv): Promise<Python> {
  const file = findProgram(name, env);
  if (file === null) throw new Refusal(`There is no Python: ${name} is not ${where(name)}.`);
  const ran = await run(file, ['-c', question], { env });
  if (!ran.ok) throw new Refusal(`The Python ${file} does not run: ${complaint(ran)}`);
  const { version, tensorflow } = JSON.parse(ran.stdout) as {
    version: string;
    tensorflow: string | null;
  };
  return { file, version, tensorflow: tensorflow === null ? null : path.dirname(tensorflow) };
}

function where(name: string): string {
  return name.includes(path.sep) ? 'a program' : 'on the PATH';
}
