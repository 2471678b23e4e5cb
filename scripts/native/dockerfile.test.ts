import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { pinnedPnpm } from '../setup/install.mjs';
import { requirement } from './pip-environment.ts';

const root = path.resolve(import.meta.dirname, '../..');
const dockerfile = readFileSync(path.join(root, 'docker/trainer-cuda/Dockerfile'), 'utf8');

it("the trainer's CUDA image has the versions that are pinned elsewhere", () => {
  expect(dockerfile).toContain(`"${requirement(true)}"`);
  expect(dockerfile).toContain(`npx --yes ${pinnedPnpm()} install`);
  const workspace = readFileSync(path.join(root, 'pnpm-workspace.yaml'), 'utf8');
  const [, node] = /^ {2}node: (\S+)$/m.exec(workspace) ?? [];
  expect(dockerfile).toContain(`NODE_VERSION=${node}`);
});
