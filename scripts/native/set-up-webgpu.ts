import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { npmInstall } from './npm-install.ts';
import { Refusal } from './refusal.ts';

/** Dawn in Node. A plain install does without; not in the lockfile, so pinned here. */
const dawnPackage = 'webgpu';
const dawnVersion = '0.6.2';

interface WebgpuSetUp {
  readonly folder: string;
  readonly platform: NodeJS.Platform;
  readonly arch: string;
  readonly say: (line: string) => void;
}

/**
 * Fetches Dawn into `folder` and keeps the binary of this platform.
 *
 * @throws Refusal when npm does not get it, or it has none for this platform
 */
export async function setUpWebgpu({ folder, platform, arch, say }: WebgpuSetUp): Promise<void> {
  const wasThere = existsSync(folder);
  say(`Fetching Dawn: npm's ${dawnPackage} ${dawnVersion}, 51 MB …`);
  const complaint = await npmInstall(folder, { [dawnPackage]: dawnVersion });
  if (complaint !== null) {
    if (!wasThere) rmSync(folder, { recursive: true, force: true });
    throw new Refusal(`npm did not get ${dawnPackage} ${dawnVersion}: ${complaint}`);
  }
  const binaries = path.join(folder, 'node_modules', dawnPackage, 'dist');
  const ours = `${platform}-${platform === 'darwin' ? 'universal' : arch}`;
  if (!existsSync(path.join(binaries, ours))) {
    const there = readdirSync(binaries).join(', ');
    rmSync(folder, { recursive: true, force: true });
    throw new Refusal(`Dawn ${dawnVersion} has no binary for ${ours}; it has ${there}.`);
  }
  for (const other of readdirSync(binaries)) {
    if (other !== ours) rmSync(path.join(binaries, other), { recursive: true });
  }
}
