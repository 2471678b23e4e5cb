import assert from 'node:assert/strict';
import type { Data } from './caller.ts';
import type { Case } from './case.ts';
import { asTrainer, contractTrainer } from './operations/trainers.ts';
import { subscribe } from './subscribe.ts';
import type { World } from './world.ts';

const fields = 'cursor trainers { id name device }';
const subscription = `subscription ($after: String) { trainersChanged(after: $after) { ${fields} } }`;
const query = `query ($after: String) { trainersChanged(after: $after, first: 10) { ${fields} } }`;
const introduce = `mutation ($input: IntroduceTrainerInput!) { introduceTrainer(input: $input) { device } }`;

/** Resumption of `trainersChanged`, which tells trainers as they are instead of events. */
export const liveTrainerCases: readonly Case[] = [
  {
    name: 'live trainersChanged: who comes back with a cursor hears of what changed, and once',
    async run(world) {
      const trainer = await asTrainer(world);
      const name = async (device: string) =>
        trainer.ask(introduce, { input: { trainer: { ...contractTrainer, device } } });
      await name('before');
      const after = await cursorNow(world);
      await name('meanwhile');
      await name('after');
      assert.deepEqual(await heard(world, after), ['after']);
      assert.deepEqual(await heard(world, after), ['after']);
      const { trainersChanged } = await world.owner.ask(query, { after });
      assert.deepEqual(devicesIn(trainersChanged), ['after']);
    },
  },
];

/** Devices that the contract's own trainer said it has; others may work meanwhile. */
function devicesIn({ trainers }: Data): string[] {
  const own = trainers.filter(({ name }: Data) => name === contractTrainer.name);
  return own.map(({ device }: Data) => device);
}

/** What a subscription says of the contract's own trainer first. */
async function heard(world: World, after: string): Promise<string[]> {
  const devicesOf = (payloads: readonly Data[]) =>
    payloads.flatMap(({ trainersChanged }) => devicesIn(trainersChanged));
  const { payloads, errors } = await subscribe(
    world.url,
    subscription,
    { after },
    {
      authorization: world.owner.headers.Authorization,
      until: (told) => devicesOf(told).length > 0,
    },
  );
  assert.deepEqual(errors, []);
  return devicesOf(payloads);
}

/** The cursor behind all that there is, by polling to the end. */
async function cursorNow({ owner }: World): Promise<string> {
  let after: string | null = null;
  for (;;) {
    const { trainersChanged: page }: Data = await owner.ask(query, { after });
    if (page.trainers.length === 0) return page.cursor;
    after = page.cursor;
  }
}
