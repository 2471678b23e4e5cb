import { describe } from 'vitest';
import { chooseAdapter } from './adapter.ts';
import { loadDawn } from './dawn.ts';
import { offerSoftwareVulkan } from './software-vulkan.ts';

/** Why webgpu cannot be tested here, or null. */
const webgpuMissing = await whyMissing();

/**
 * Declares a suite of webgpu: on the GPU where there is one, else on the software Vulkan that
 * Chromium brings. Without either it is skipped, with the reason in the name.
 */
export function describeWebgpu(title: string, body: () => void): void {
  if (webgpuMissing === null) describe(title, body);
  else describe.skip(`${title} (skipped: ${webgpuMissing})`, body);
}

async function whyMissing(): Promise<string | null> {
  offerSoftwareVulkan();
  try {
    await chooseAdapter(await loadDawn(), { allowSoftware: true });
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
