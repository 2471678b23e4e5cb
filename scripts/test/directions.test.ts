import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { judgeDirections, readDirections } from './directions.ts';

let folder: string | undefined;
afterEach(async () => {
  if (folder !== undefined) await rm(folder, { recursive: true, force: true });
});

/** A repository of these files; one room at least in `apps` and `packages`. */
async function plant(files: Record<string, string>): Promise<string> {
  folder = await mkdtemp(path.join(tmpdir(), 'blockwise-directions-'));
  for (const [file, text] of Object.entries(files)) {
    const full = path.join(folder, file);
    await mkdir(path.dirname(full), { recursive: true });
    await writeFile(full, text);
  }
  return folder;
}

test('imports against the direction are found, type imports too', async () => {
  const report = await readDirections(
    await plant({
      'packages/engine/src/index.ts': "export const a = 1;\nexport type A = 'a';",
      'packages/dna/src/index.ts': "import { a } from '../../engine/src/index.ts';\nexport { a };",
      'apps/api/src/main.ts':
        "import type { A } from '../../../packages/engine/src/index.ts';\nexport const x: A = 'a';",
    }),
  );
  expect(report.violations).toHaveLength(2);
  expect(report.violations.join('\n')).toMatch(/packages\/dna\/src\/index\.ts → packages\/engine/);
  expect(report.violations.join('\n')).toMatch(/apps\/api\/src\/main\.ts → packages\/engine/);
});

test('imports along the direction pass; a cycle and a missing file do not', async () => {
  const report = await readDirections(
    await plant({
      'packages/dna/src/index.ts': 'export const a = 1;',
      'packages/engine/src/index.ts': "export { a } from '../../dna/src/index.ts';",
      'apps/web/src/one.ts': "import './two.ts';",
      'apps/web/src/two.ts': "import './one.ts';\nimport './three.ts';",
    }),
  );
  expect(report.between).toEqual(new Map([['packages/engine → packages/dna', 1]]));
  expect(report.violations.map((line) => line.split(':')[0])).toEqual(
    expect.arrayContaining(['no cycles', 'every import is found']),
  );
  expect(report.violations.join('\n')).not.toContain('packages/engine');
});

test('a checker that saw too little is no proof', () => {
  const blind = judgeDirections({ moduleCount: 3, between: new Map(), violations: [] });
  expect(blind).toContain('The checker did not see that packages/engine imports packages/dna.');
  expect(blind.some((line) => line.includes('3 modules'))).toBe(true);
});
