#!/usr/bin/env node
import { ClientError } from '../client-error.ts';
import { readInvocation, UsageError } from './flags.ts';
import { runCommand } from './run.ts';

try {
  const invocation = readInvocation(process.argv.slice(2), process.env);
  process.exitCode = await runCommand(invocation, (line) => console.log(line));
} catch (error) {
  if (error instanceof UsageError) {
    console.error(error.message);
    process.exitCode = 2;
  } else if (error instanceof ClientError) {
    const where = error.path.length === 0 ? '' : ` (${error.path.join('.')})`;
    console.error(`${error.code}: ${error.message}${where}`);
    process.exitCode = 1;
  } else {
    throw error;
  }
}
