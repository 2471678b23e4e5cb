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
  // The database was first and serves the others to their end.
  const [first, ...others] = groups;
  await Promise.all(others.map(([leader, signal]) => endGroup(leader, signal)));
  if (first !== undefined) await endGroup(...first);
  process.exit();
});

// They are meant for the launcher, which then tells us by closing the channel.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
