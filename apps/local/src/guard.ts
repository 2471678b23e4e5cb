import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export type GuardMessage =
  | { kind: 'started'; leader: number; signal: NodeJS.Signals }
  | { kind: 'ended'; leader: number };

export interface Guard {
  readonly pid: number | undefined;
  /** Should we be killed, the group is sent `signal`, and SIGKILL if that does not help. */
  started(leader: number, signal: NodeJS.Signals): void;
  ended(leader: number): void;
  /** Lets the guardian go: it first ends what has not ended yet. */
  close(): Promise<void>;
}

/** Starts the process that cleans up after us if we cannot do it ourselves. */
export function startGuard(): Guard {
  const child = fork(fileURLToPath(import.meta.resolve('./guardian.ts')), {
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  child.unref();
  child.channel?.unref();
  const tell = (message: GuardMessage) => {
    if (child.connected) child.send(message);
  };
  return {
    pid: child.pid,
    started: (leader, signal) => tell({ kind: 'started', leader, signal }),
    ended: (leader) => tell({ kind: 'ended', leader }),
    async close() {
      if (!child.connected) return;
      const exit = once(child, 'exit');
      child.ref();
      child.disconnect();
      await exit;
    },
  };
}
