import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** Where Chromium packages keep the description of SwiftShader, a Vulkan on the processor. */
const chromiumFolders = [
  ...(process.env.CHROMIUM_PATH ? [path.dirname(process.env.CHROMIUM_PATH)] : []),
  '/usr/lib/chromium',
  '/usr/lib64/chromium-browser',
  '/opt/google/chrome',
];
const driverFolders = ['/usr/share/vulkan/icd.d', '/etc/vulkan/icd.d'];

/**
 * For tests: lets this process and those it starts find Chromium's software Vulkan where there is no
 * driver for a GPU. To be called before Dawn is first used.
 */
export function offerSoftwareVulkan(): void {
  if (process.platform !== 'linux' || hasDriver()) return;
  const file = chromiumFolders
    .map((folder) => path.join(folder, 'vk_swiftshader_icd.json'))
    .find((candidate) => existsSync(candidate));
  if (file !== undefined) process.env.VK_ICD_FILENAMES ??= file;
}

function hasDriver(): boolean {
  return driverFolders.some((folder) => existsSync(folder) && readdirSync(folder).length > 0);
}
