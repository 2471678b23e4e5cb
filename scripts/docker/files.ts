import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../..');

/** Text of a file of the project. */
export function textOf(file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}

/** The images by name: folders of docker/ with a Dockerfile. */
export const imageNames: readonly string[] = readdirSync(path.join(root, 'docker'), {
  recursive: true,
  encoding: 'utf8',
})
  .filter((file) => path.basename(file) === 'Dockerfile')
  .map((file) => path.dirname(file))
  .sort();

/** `ENV` of an image's last stage. */
export function environmentOf(image: string): Record<string, string> {
  const [, last = ''] = /[\s\S]*\nFROM ([\s\S]*)$/.exec(textOf(`docker/${image}/Dockerfile`)) ?? [];
  const lines = [...last.matchAll(/^ENV (.*)$/gm)].map(([, line = '']) => line);
  const pairs = lines.flatMap((line) => line.split(' ').map((pair) => pair.split('=')));
  return Object.fromEntries(pairs.map(([name = '', value = '']) => [name, value]));
}
