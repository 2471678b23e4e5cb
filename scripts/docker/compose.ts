import { parse } from 'yaml';
import { textOf } from './files.ts';

/** What the tests look at of a service. */
export interface ComposeService {
  readonly image: string;
  readonly build?: { readonly context: string; readonly dockerfile: string };
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly depends_on?: Readonly<Record<string, unknown>> | readonly string[];
  readonly networks: readonly string[];
  readonly ports?: readonly string[];
  readonly profiles?: readonly string[];
  readonly volumes?: readonly string[];
  readonly healthcheck?: unknown;
}

export interface ComposeFile {
  readonly name: string;
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly volumes: Readonly<Record<string, unknown>>;
  readonly networks: Readonly<Record<string, unknown>>;
}

/** `${NAME}`, `${NAME:-otherwise}` and `${NAME:?what to do}`; `$$` is a dollar. */
const variable = /\$(?:(\$)|\{(\w+)(?::([-?])([^}]*))?\})/g;

/**
 * docker/compose.yaml with its variables replaced as Compose does it.
 *
 * @throws Error of the file when a variable that it needs is not in `env`
 */
export function readCompose(env: Readonly<Record<string, string>>): ComposeFile {
  const replaced = (text: string) =>
    text.replace(variable, (_, dollar, name: string, operator, rest: string) => {
      if (dollar !== undefined) return '$';
      const value = env[name] ?? '';
      if (value !== '') return value;
      if (operator === '?') throw new Error(`${name}: ${rest}`);
      return rest ?? '';
    });
  const file: unknown = parse(textOf('docker/compose.yaml'), { merge: true });
  const visit = (value: unknown): unknown => {
    if (typeof value === 'string') return replaced(value);
    if (Array.isArray(value)) return value.map(visit);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, visit(inner)]));
  };
  return visit(file) as ComposeFile;
}
