import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { root, runTool } from './steps.ts';

/** Compilers at once: as many as the small machines have cores. */
const atOnce = 2;

/** Type errors of all packages, apps and scripts. */
export async function findTypeErrors(): Promise<string[]> {
  const projects = ['apps', 'packages']
    .flatMap((folder) => readdirSync(path.join(root, folder)).map((name) => `${folder}/${name}`))
    .filter((project) => existsSync(path.join(root, project, 'tsconfig.json')));
  const waiting = ['scripts', ...projects];
  const found = new Map<string, string>();
  const work = async () => {
    for (let project = waiting.shift(); project !== undefined; project = waiting.shift()) {
      const { code, log } = await runTool('tsc', ['--project', project]);
      if (code !== 0) found.set(project, log.trimEnd());
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  // A project also reports what is wrong in the sources that it imports.
  return [...new Set([...found.values()].flatMap((log) => log.split('\n')))].sort();
}
