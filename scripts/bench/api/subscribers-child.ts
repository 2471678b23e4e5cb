// Many subscribers, a socket each, some of them through a relay that is cut when a line comes.
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { Receipts } from './receipts.ts';
import { openRelay } from './relay.ts';
import { Subscriber } from './subscriber.ts';
import type { SubscribersTold } from './subscribers.ts';

const [address = '', token = '', search = '', ...counts] = process.argv.slice(2);
const [count = 0, behindRelay = 0, points = 0, patienceSeconds = 0] = counts.map(Number);
const url = new URL(address);
const relay = await openRelay(Number(url.port));
const relayed = new URL(address);
relayed.port = String(relay.port);

const receipts = new Receipts();
const subscribers = Array.from(
  { length: count },
  (_, i) =>
    new Subscriber(
      {
        ...{ url: (i < behindRelay ? relayed : url).href, token, search, points },
        // Not all at the same moment.
        awayMilliseconds: 500 + (1000 * i) / Math.max(1, behindRelay),
      },
      receipts,
    ),
);
let waiting = count;
const followed = Promise.all(
  subscribers.map((subscriber) =>
    subscriber.follow(() => {
      if (--waiting === 0) console.log('ready');
    }),
  ),
);
const input = createInterface({ input: process.stdin });
for await (const line of input) {
  if (line === 'cut') relay.cut();
  if (line === 'end') break;
}
// Every report was sent: whoever lacks some of it now has lost it.
await Promise.race([followed, pause(patienceSeconds * 1000, undefined, { ref: false })]);
const sum = (of: (subscriber: Subscriber) => number): number =>
  subscribers.reduce((total, subscriber) => total + of(subscriber), 0);
const told: SubscribersTold = {
  lost: sum(({ lost }) => lost) + sum(({ missing }) => Math.max(0, missing)),
  doubled: sum(({ doubled }) => doubled),
  resumed: sum(({ resumed }) => resumed),
  caughtUp: sum(({ caughtUp }) => caughtUp),
  ...receipts.totals(),
};
for (const subscriber of subscribers) subscriber.end();
relay.close();
input.close();
console.log(JSON.stringify(told));
