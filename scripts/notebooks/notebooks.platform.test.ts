import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Launched, launchScript } from '../../apps/local/src/testing/launched.ts';
import { smallSpec } from '../../apps/local/test/small-spec.ts';
import { freePort } from '../../packages/postgres/src/index.ts';
import { asModule, readNotebook } from './notebook.ts';
import { python, skippedWithout } from './python.ts';
import { runToEnd } from './run-to-end.ts';

// Every notebook cell by cell, as plain code, and the suite of the contract, against what `npm start` runs.

const root = fileURLToPath(new URL('../..', import.meta.url));
const runner = path.join(import.meta.dirname, 'run_cells.py');
const driver = path.join(root, 'apps/local/test/start-spec.ts');
const drawn = ['pandas', 'matplotlib'];
const notebooks = [
  { name: 'quick-start', needs: [] },
  { name: 'curves', needs: drawn },
  { name: 'budgets', needs: drawn },
  { name: 'ranking-audit', needs: drawn },
];

let folder: string;
let launched: Launched;
let env: Record<string, string>;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'blockwise-notebooks-'));
  // Root's PostgreSQL has a user of its own, who must get to the state folder below.
  await chmod(folder, 0o755);
  const state = path.join(folder, 'state');
  const spec = path.join(folder, 'spec.json');
  await writeFile(spec, JSON.stringify(smallSpec('shared')));
  launched = launchScript(driver, [spec, '--state', state, '--port', String(await freePort())]);
  const complete = () =>
    expect(launched.stdout(), launched.stderr()).toMatch(/Search shared is complete/);
  await vi.waitFor(complete, { timeout: 170_000, interval: 100 });
  const [, url = ''] = /GraphQL +(http\S+)/.exec(launched.stdout()) ?? [];
  env = { BLOCKWISE_URL: url, BLOCKWISE_STATE: state };
}, 180_000);

afterAll(async () => {
  launched.signal('SIGTERM');
  await launched.ended;
  await rm(folder, { recursive: true, force: true });
});

for (const { name, needs } of notebooks) {
  const skipped = skippedWithout(needs);
  test.skipIf(skipped !== '')(`${name}.ipynb runs${skipped}`, async () => {
    const file = path.join(root, `notebooks/${name}.ipynb`);
    const { code, output } = await runToEnd(python, ['-B', runner, file], { cwd: folder, env });
    expect(code, output).toBe(0);
    expect(output).toMatch(/[1-9]\d* code cells ran/);
  });
}

const deno = process.env.BLOCKWISE_TEST_DENO;
const runtimes = [
  { name: 'Node', command: [process.execPath], skipped: '' },
  {
    name: 'Deno',
    command: [deno ?? '', 'run', '--allow-env', '--allow-net'],
    skipped: deno === undefined ? ' (skipped: BLOCKWISE_TEST_DENO names no Deno)' : '',
  },
];
for (const { name, command, skipped } of runtimes) {
  test.skipIf(skipped !== '')(`typescript.ipynb runs in ${name}${skipped}`, async () => {
    const token = (await readFile(path.join(env.BLOCKWISE_STATE ?? '', 'token'), 'utf8')).trim();
    const file = path.join(folder, 'typescript.mts');
    await writeFile(file, asModule(readNotebook(path.join(root, 'notebooks/typescript.ipynb'))));
    const [program = '', ...flags] = command;
    const { code, output } = await runToEnd(program, [...flags, file], {
      cwd: folder,
      env: { ...env, BLOCKWISE_TOKEN: token },
    });
    expect(code, output).toBe(0);
    expect(output).toMatch(/[1-9]\d* code cells ran/);
  });
}

test('the suite of the contract finds nothing wrong with it', async () => {
  const token = (await readFile(path.join(env.BLOCKWISE_STATE ?? '', 'token'), 'utf8')).trim();
  const bootstrap = path.join(root, 'scripts/bootstrap.mjs');
  const flags = ['contract', '--url', env.BLOCKWISE_URL ?? '', '--token', token, '--work'];
  const { code, output } = await runToEnd(process.execPath, [bootstrap, ...flags], {
    cwd: folder,
    env: {},
  });
  expect(code, output).toBe(0);
  expect(output).toMatch(/^[1-9]\d\d+ passed, 0 failed, \d+ skipped$/m);
});

test.skipIf(skippedWithout([]) !== '')(
  `a cell that fails is named${skippedWithout([])}`,
  async () => {
    const file = path.join(folder, 'broken.ipynb');
    const cells = ['a = 1', 'a + b'].map((code) => ({ cell_type: 'code', source: [code] }));
    await writeFile(file, JSON.stringify({ cells }));
    const broken = await runToEnd(python, ['-B', runner, file], { cwd: folder, env });
    expect([broken.code, broken.output]).toEqual([
      1,
      expect.stringMatching(/code cell 2 of 2 failed:\na \+ b\n.*NameError/s),
    ]);
    const module = path.join(folder, 'broken.mts');
    await writeFile(module, asModule({ ...readNotebook(file) }));
    const thrown = await runToEnd(process.execPath, [module], { cwd: folder, env });
    expect([thrown.code, thrown.output]).toEqual([
      1,
      expect.stringMatching(/code cell 1 of 2 failed: ReferenceError: a is not defined/),
    ]);
  },
);
