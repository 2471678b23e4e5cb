import { afterEach, describe, expect, it } from 'vitest';
import { Contender } from './contender.ts';
import { solverCommand } from './contenders.ts';

const open: Contender[] = [];

afterEach(async () => {
  for (const contender of open.splice(0)) await contender.close();
});

function start(file: string, args: readonly string[], limitSeconds = 60): Contender {
  const contender = new Contender({ file, args, env: {} }, limitSeconds);
  open.push(contender);
  return contender;
}

const node = (code: string, limitSeconds?: number) =>
  start(process.execPath, ['-e', code], limitSeconds);

describe('a contender', () => {
  it('times every run of a workload', async () => {
    const contender = start(solverCommand.file, solverCommand.args);
    expect((await contender.describe()).versions).toEqual({ node: process.versions.node });
    expect(await contender.open({ workload: 'traversal-exact' })).toMatchObject({ params: null });
    const samples = await contender.run(2);
    expect(samples.length).toBe(2);
    for (const { ms, cpuMs } of samples) expect(Math.min(ms, cpuMs)).toBeGreaterThan(0);
  });

  it('says what is wrong and takes the next question', async () => {
    const contender = start(solverCommand.file, solverCommand.args);
    await expect(contender.open({ workload: 'abacus' })).rejects.toThrow('no search "abacus"');
    expect((await contender.describe()).device).toContain('1 thread');
  });

  it('that dies has said why', async () => {
    const contender = node('console.error("no memory left"); process.exit(3)');
    await expect(contender.describe()).rejects.toThrow('no memory left');
    await expect(contender.run(1)).rejects.toThrow('no memory left');
  });

  it('that dies without a word has a status', async () => {
    await expect(node('process.exit(3)').describe()).rejects.toThrow('ended with 3');
  });

  it('that does not answer is ended', async () => {
    const contender = node('setInterval(() => {}, 1000)', 0.2);
    await expect(contender.describe()).rejects.toThrow('within 0.2 s');
  });

  it('that is not there is named', async () => {
    await expect(start('no-such-python', []).describe()).rejects.toThrow(
      'There is no program no-such-python.',
    );
  });
});
