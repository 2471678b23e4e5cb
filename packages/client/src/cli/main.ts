#!/usr/bin/env node
import { createClient } from '../client.ts';
import { commands } from './commands.ts';
import { help, overview } from './help.ts';
import { readInvocation } from './invocation.ts';
import { refusalOf } from './refusal.ts';

const print = (line: string) => console.log(line);

try {
  const { url, token, command, about, operands, given } = readInvocation(
    commands,
    process.argv.slice(2),
    process.env,
  );
  if (command === undefined) {
    print(about === undefined ? overview(commands) : help(about));
  } else {
    const client = createClient({ url, token });
    try {
      process.exitCode = await command.run({ client, print, given }, operands);
    } finally {
      await client.close();
    }
  }
} catch (error) {
  const { line, status } = refusalOf(error);
  console.error(line);
  process.exitCode = status;
}
