import { readFileSync } from 'node:fs';

/** Of this project: it is recorded with every result. */
export function projectVersion(): string {
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}
