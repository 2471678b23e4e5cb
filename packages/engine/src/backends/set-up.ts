import { existsSync } from 'node:fs';
import path from 'node:path';
import type { EngineName } from '@blockwise/contracts';
import { nativeFolder } from './native-folder.ts';

/** How an engine is set up that the plain install leaves out; null for those it brings. */
export function setUpCommand(name: EngineName): string | null {
  switch (name) {
    case 'tensorflow':
      return 'npm run native';
    case 'webgpu':
      return 'npm run native -- --webgpu';
    default:
      return null;
  }
}

/** Whether anything is there of an engine. That it works is another question. */
export function isSetUp(name: EngineName): boolean {
  return setUpCommand(name) === null || existsSync(path.join(nativeFolder(), name));
}
