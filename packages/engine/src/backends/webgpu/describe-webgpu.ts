import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe } from 'vitest';
import { chooseAdapter } from './adapter.ts';
import { loadDawn } from './dawn.ts';

/** Where Chromium packages keep the description of SwiftShader, a Vulkan on the processor. */
const chromiumFolders = [
  ...(process.env.CHROMIUM_PATH ? [path.dirname(process.env.CHROMIUM_PATH)] : []),
  '/usr/lib/chromium',
  '/usr/lib64/chromium-browser',
  '/opt/google/chrome',
];
const driverFolders = ['/usr/share/vulkan/icd.d', '/etc/vulkan/icd.d'];

/** Why webgpu cannot be tested here, or null. */
export const webgpuMissing = await whyMissing();

/**
 * Declares a suite of webgpu: on the GPU where there is one, else on the software Vulkan that
 * Chromium brings. Without either it is skipped, with the reason in the name.
 */
export function describeWebgpu(title: string, body: () => void): void {
  if (webgpuMissing === null) describe(title, body);
  else describe.skip(`${title} (skipped: ${webgpuMissing})`, body);
}

async function whyMissing(): Promise<string | null> {
  const software = chromiumFolders
    .map((folder) => path.join(folder, 'vk_swiftshader_icd.json'))
    .find((file) => existsSync(file));
  // The Vulkan loader reads it when Dawn is first used.
  if (process.platform === 'linux' && software !== undefined && !hasDriver()) {
    process.env.VK_ICD_FILENAMES ??= software;
  }
  try {
    await chooseAdapter(await loadDawn(), { allowSoftware: true });
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function hasDriver(): boolean {
  return driverFolders.some((folder) => existsSync(folder) && readdirSync(folder).length > 0);
}
