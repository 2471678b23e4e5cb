import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bestOf, chooseEngine } from './choose-engine.ts';
import { openEngine } from './open.ts';
import { type SelfTestReport, unavailable } from './self-test-report.ts';

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

describe('bestOf', () => {
  const report = (
    name: SelfTestReport['name'],
    stepMs: number | null,
    more: Partial<SelfTestReport> = {},
  ): SelfTestReport => ({
    ...{ name, available: true, reason: null, device: name, onGpu: false, versions: {} },
    oracle: { worstError: 1e-6, worstOf: 'loss', tolerance: 1e-4, passed: true },
    ...{ stepMs, stepBatch: 32, ...more },
  });

  it('takes the first GPU, whatever the processor does', () => {
    const gpu = report('webgpu', null, { onGpu: true });
    const choice = bestOf([report('tensorflow', 100), gpu, report('wasm', 50)]);
    expect(choice?.name).toBe('webgpu');
    expect(choice?.passedOver.map(({ reason }) => reason)).toEqual(
      Array(2).fill('webgpu has a GPU.'),
    );
  });

  it('takes the faster engine of a processor, image for image', () => {
    expect(bestOf([report('tensorflow', 300), report('wasm', 200)])).toMatchObject({
      name: 'wasm',
      passedOver: [
        {
          name: 'tensorflow',
          reason: 'wasm is faster: 200 ms a step of 32 images, where it takes 300 ms.',
        },
      ],
    });
    expect(bestOf([report('tensorflow', 150), report('wasm', 200)])?.name).toBe('tensorflow');
    const software = report('webgpu', 4000, { stepBatch: 1 });
    expect(bestOf([software, report('wasm', 9000)])?.name).toBe('wasm');
  });

  it('takes nothing that did not pass', () => {
    const wrong = { worstError: 1, worstOf: 'loss', tolerance: 1e-4, passed: false };
    const reports = [
      unavailable('tensorflow', 'It is not set up.'),
      report('wasm', 1, { oracle: wrong, reason: 'It does not compute what PyTorch does.' }),
    ];
    expect(bestOf(reports)).toBeNull();
    expect(bestOf([...reports, report('webgpu', null)])).toEqual({
      name: 'webgpu',
      passedOver: reports,
    });
  });
});

it.each(['wasm', 'cpu'] as const)('%s has no devices to choose from', async (name) => {
  await expect(openEngine(name, { device: 0 })).rejects.toMatchObject({
    code: 'BAD_INPUT',
    path: ['device'],
  });
});
