// Loaded before a process's own code (`--import`), in its threads as well: SIGUSR2 is no signal for
// threads, so all of them look into one file for how far the clock of this machine is off.
import { readFileSync, statSync } from 'node:fs';

const file = process.env.CHAOS_CLOCK_FILE ?? '';
const lookEveryMilliseconds = 100;
const RealDate = Date;
const realNow = Date.now;
let offset = 0;
let lookedAt = Number.NEGATIVE_INFINITY;
let writtenAt = Number.NaN;

/** Milliseconds. */
function now() {
  const moment = performance.now();
  if (moment - lookedAt >= lookEveryMilliseconds) {
    lookedAt = moment;
    const { mtimeMs } = statSync(file);
    if (mtimeMs !== writtenAt) {
      writtenAt = mtimeMs;
      offset = Number(readFileSync(file, 'utf8')) || 0;
    }
  }
  return realNow() + offset;
}

globalThis.Date = new Proxy(RealDate, {
  construct(target, args, newTarget) {
    return Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget);
  },
  apply() {
    return new RealDate(now()).toString();
  },
  get(target, name, receiver) {
    return name === 'now' ? now : Reflect.get(target, name, receiver);
  },
});
