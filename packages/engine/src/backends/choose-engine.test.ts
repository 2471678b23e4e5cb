import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chooseEngine } from './choose-engine.ts';
import { openEngine } from './open.ts';

describe('chooseEngine where nothing but the plain install is there', () => {
  const before = process.env.NATIVE_FOLDER;
  beforeAll(() => {
    process.env.NATIVE_FOLDER = '/nowhere';
  });
  afterAll(() => {
    if (before === undefined) delete process.env.NATIVE_FOLDER;
    else process.env.NATIVE_FOLDER = before;
  });

  it('takes wasm, and says why not the others', async () => {
    const { name, passedOver } = await chooseEngine();
    expect(name).toBe('wasm');
    expect(passedOver.map((report) => [report.name, report.reason])).toEqual([
      ['tensorflow', 'It is not set up: "npm run native" does it.'],
      ['webgpu', 'It is not set up: "npm run native -- --webgpu" does it.'],
    ]);
  });

  it('asks once in a process', async () => {
    const choice = chooseEngine();
    expect(chooseEngine()).toBe(choice);
    await choice;
    expect(chooseEngine()).toBe(choice);
  });

  it('does not take the processor for the device that was asked for', async () => {
    await expect(chooseEngine({ device: 0 })).rejects.toMatchObject({
      code: 'ENGINE_UNAVAILABLE',
      message: expect.stringMatching(/tensorflow: It is not set up.* webgpu: It is not set up/),
    });
  });
});

it.each(['wasm', 'cpu'] as const)('%s has no devices to choose from', async (name) => {
  await expect(openEngine(name, { device: 0 })).rejects.toMatchObject({
    code: 'BAD_INPUT',
    path: ['device'],
  });
});
