import { parseArgs } from 'node:util';

/**
 * The trainer's flags as the variables that they stand for: `--device 1` is DEVICE=1. A flag goes
 * before its variable.
 *
 * @throws Error in a sentence, for a flag that there is not or a value that is missing
 */
export function readFlags(args: readonly string[]): NodeJS.ProcessEnv {
  const { values } = parseArgs({
    args: [...args],
    options: { device: { type: 'string' }, engine: { type: 'string' }, slots: { type: 'string' } },
  });
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name.toUpperCase(), value]),
  );
}
