// A process of its own that outlives a launcher which is killed, and then stops what it had started.

import type { GuardMessage } from './guard.ts';
import { endGroup } from './process-group.ts';

/** Leaders of groups with the signal that ends them, in the order in which they were started. */
const groups = new Map<number, NodeJS.Signals>();

process.on('message', (message: GuardMessage) => {
  if (message.kind === 'started') groups.set(message.leader, message.signal);
  else groups.delete(message.leader);
});

process.on('disconnect', async () => {
  const latestFirst = [...groups].reverse();
  for (const [leader, signal] of latestFirst) await endGroup(leader, signal);
  process.exit();
});

// They are meant for the launcher, which then tells us by closing the channel.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
