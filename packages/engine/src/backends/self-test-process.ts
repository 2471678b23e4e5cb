// Runs in a process of its own, started by self-test.ts: opens one engine and says what it computes.

import { timeBenchStep } from './bench-cell.ts';
import { openEngine } from './open.ts';
import { checkOracle } from './oracle-check.ts';
import type { SelfTestRequest } from './self-test.ts';
import { type SelfTestReport, unavailable } from './self-test-report.ts';

process.once('message', ({ name, options, speed }: SelfTestRequest) => {
  void answer(name, options, speed).then((report) => {
    process.send?.(report, () => process.exit(0));
  });
});

async function answer(
  ...request: [SelfTestRequest['name'], SelfTestRequest['options'], boolean]
): Promise<SelfTestReport> {
  try {
    return await examine(...request);
  } catch (error) {
    return unavailable(request[0], error instanceof Error ? error.message : String(error));
  }
}

async function examine(
  name: SelfTestRequest['name'],
  options: SelfTestRequest['options'],
  speed: boolean,
): Promise<SelfTestReport> {
  const { device, onGpu, versions } = await openEngine(name, options);
  const oracle = await checkOracle(name);
  const times = speed ? await timeBenchStep() : { stepMs: null, stepBatch: null };
  const reason = oracle.passed
    ? null
    : `It does not compute what PyTorch does: the relative error of ${oracle.worstOf} is ` +
      `${oracle.worstError.toExponential(1)}, more than ${oracle.tolerance}.`;
  return { name, available: true, reason, device, onGpu, versions, oracle, ...times };
}
