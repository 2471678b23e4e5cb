import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Refusal } from './refusal.ts';
import { complaint, run } from './run.ts';

/**
 * Has tfjs-node download the libtensorflow that it was released with: its own script, which takes
 * its addresses from TFJS_NODE_BASE_URI and TFJS_NODE_CDN_STORAGE where they are set. The script goes
 * on to a binding of its own; ours is compiled afterwards all the same.
 *
 * @returns the folder that holds the library and its headers
 * @throws Refusal when the download is refused
 */
export async function downloadLibtensorflow(
  tfjsNode: string,
  gpu: boolean,
  env: NodeJS.ProcessEnv,
): Promise<string> {
  const deps = path.join(tfjsNode, 'deps');
  rmSync(deps, { recursive: true, force: true });
  const ran = await run(process.execPath, ['scripts/install.js', gpu ? 'gpu' : 'cpu', 'download'], {
    cwd: tfjsNode,
    env,
  });
  if (!existsSync(path.join(deps, 'lib/libtensorflow.so.2'))) {
    throw new Refusal(`The download of libtensorflow was refused: ${complaint(ran)}`);
  }
  return deps;
}
