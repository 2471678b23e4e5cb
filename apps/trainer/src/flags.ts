import { parseArgs } from 'node:util';

/** Which variable a flag stands for. */
const variables = {
  device: 'DEVICE',
  engine: 'ENGINE',
  slots: 'SLOTS',
  name: 'TRAINER_NAME',
  state: 'STATE_FOLDER',
  url: 'API_URL',
  token: 'API_TOKEN',
};

/**
 * The trainer's flags as the variables that they stand for: `--device 1` is DEVICE=1. A flag goes
 * before its variable.
 *
 * @throws Error in a sentence, for a flag that there is not or a value that is missing
 */
export function readFlags(args: readonly string[]): NodeJS.ProcessEnv {
  const { values } = parseArgs({
    args: [...args],
    options: Object.fromEntries(Object.keys(variables).map((flag) => [flag, { type: 'string' }])),
  });
  return Object.fromEntries(
    Object.entries(variables).flatMap(([flag, variable]) =>
      typeof values[flag] === 'string' ? [[variable, values[flag]]] : [],
    ),
  );
}
