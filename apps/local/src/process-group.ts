import { setTimeout as pause } from 'node:timers/promises';

/** How long a process may take to end by itself. */
const usualGraceSeconds = 10;

/** Sends the signal to a process and all it started. False when nothing of the group is left. */
function signalGroup(leader: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(process.platform === 'win32' ? leader : -leader, signal);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}

/** Asks a group to end, and kills what is left of it after `graceSeconds`. */
export async function endGroup(
  leader: number,
  signal: NodeJS.Signals,
  graceSeconds = usualGraceSeconds,
): Promise<void> {
  if (!signalGroup(leader, signal)) return;
  const end = performance.now() + graceSeconds * 1000;
  while (performance.now() < end) {
    if (!signalGroup(leader, 0)) return;
    await pause(50);
  }
  signalGroup(leader, 'SIGKILL');
}
