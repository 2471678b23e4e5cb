import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { validate } from 'dockerfile-utils';
import { expect, test } from 'vitest';
import { pinnedPnpm } from '../setup/install.mjs';
import { unknownVariables } from './app-environment.ts';
import { environmentOf, imageNames, root, textOf } from './files.ts';

test('there is an image for every part', () => {
  expect(imageNames).toEqual(['api', 'trainer-cpu', 'trainer-cuda', 'trainer-webgpu', 'web']);
});

test.each(imageNames)('%s: the linter finds nothing', (image) => {
  const found = validate(textOf(`docker/${image}/Dockerfile`));
  expect(found.map(({ message, range }) => `${range.start.line + 1}: ${message}`)).toEqual([]);
});

test.each(imageNames)('%s: pinned, copied, unprivileged, alive', (image) => {
  const text = textOf(`docker/${image}/Dockerfile`).replace(/\\\n/g, ' ');
  const lines = text.split('\n').filter((line) => !line.startsWith('#') && line !== '');
  const values = (word: string) =>
    lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));

  const [, node] = /^ {2}node: (\S+)$/m.exec(textOf('pnpm-workspace.yaml')) ?? [];
  expect(values('ARG')).toContain(`NODE_VERSION=${node}`);
  const stages = new Set<string>();
  for (const from of values('FROM')) {
    const [source = '', , name = ''] = from.split(' ');
    if (!stages.has(source)) expect(source).toMatch(/^[a-z/]+:\$\{(NODE|CUDA)_VERSION\}-\S+$/);
    stages.add(name);
  }
  expect(text).toContain(`npx --yes ${pinnedPnpm()} install --prod --frozen-lockfile`);
  expect(values('ADD')).toEqual([]);
  for (const [source = ''] of values('COPY').map((line) => line.split(' '))) {
    if (!source.startsWith('--from=')) expect(existsSync(path.join(root, source))).toBe(true);
  }

  // From the last stage: nobody is root, and programs get the signal.
  expect(values('USER').at(-1)).toMatch(/^(node|blockwise)$/);
  expect(values('ENTRYPOINT')).toEqual([expect.stringMatching(/^\["tini", "--", "node"/)]);
  expect(values('HEALTHCHECK')).toEqual([expect.stringContaining('docker/probe.mjs')]);
  for (const label of ['title', 'version', 'revision', 'licenses']) {
    expect(values('LABEL').join()).toContain(`org.opencontainers.image.${label}=`);
  }
  expect(unknownVariables(image, environmentOf(image))).toEqual([]);
  const started = /"([\w/.-]+\.(?:ts|mjs))"/g;
  for (const [, file = ''] of [...values('ENTRYPOINT'), ...values('CMD')]
    .join()
    .matchAll(started)) {
    expect(existsSync(path.join(root, file))).toBe(true);
  }
});

test.each(imageNames)('%s: what is secret or built elsewhere stays outside', (image) => {
  const ignored = readFileSync(path.join(root, `docker/${image}/Dockerfile.dockerignore`), 'utf8');
  for (const line of ['.git', '.blockwise', '.native', '**/.env', '**/node_modules']) {
    expect(ignored.split('\n')).toContain(line);
  }
});
