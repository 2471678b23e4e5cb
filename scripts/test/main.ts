// `npm test`: every check and every test, each going on after the other failed.

import { knownAdvisories } from '../supply/advisories.ts';
import { findBreakingChanges } from './breaking-changes.ts';
import { judgeDirections, readDirections } from './directions.ts';
import { installOnnxRuntime } from './onnx-runtime.ts';
import { runBrowserTests, runPlatformTests } from './pages.ts';
import { findStaleSchemaPage } from './schema-page.ts';
import { findStaleSdl } from './sdl.ts';
import {
  addTallies,
  type Finding,
  failedOnce,
  findingStep,
  passedOnce,
  root,
  type Step,
  stopTools,
  type Tally,
  toolStep,
} from './steps.ts';
import { findTypeErrors } from './types.ts';
import { runTests } from './vitest.ts';

const steps: readonly Step[] = [
  toolStep('Format and lint', 'biome', ['check', '--error-on-warnings', '.']),
  findingStep('Types', findTypeErrors),
  findingStep('Import directions', async () => judgeDirections(await readDirections(root))),
  toolStep('Dead code', 'knip', []),
  findingStep('Committed GraphQL schema', findStaleSdl),
  findingStep('Page about the schema', findStaleSchemaPage),
  findingStep('Breaking changes of the schema', findBreakingChanges),
  { name: 'Known weaknesses of packages', run: findKnownWeaknesses },
  { name: 'Unit, database and API tests', run: runUnitTests },
  { name: 'Platform tests', run: runPlatformTests },
  { name: 'Browser tests', run: runBrowserTests },
];

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const) {
  process.once(signal, () => {
    stopTools();
    process.exit(130);
  });
}

/** Skipped where the registry that is used here has no list of them. */
async function findKnownWeaknesses(): Promise<Finding> {
  const advisories = await knownAdvisories();
  if ('unknown' in advisories) {
    return { tally: { passed: 0, failed: 0, skipped: 1 }, text: advisories.unknown };
  }
  const { found } = advisories;
  return { tally: found.length === 0 ? passedOnce : failedOnce, text: found.join('\n') };
}

async function runUnitTests(): Promise<Finding> {
  const missing = await installOnnxRuntime();
  const { tally, text } = await runTests('unit');
  return { tally, text: missing === null ? text : `${missing}\n${text}` };
}

const tallies: Tally[] = [];
for (const step of steps) {
  const start = performance.now();
  console.log(`${step.name} …`);
  const { tally, text } = await attempt(step);
  tallies.push(tally);
  if (text !== '') console.log(text.trimEnd());
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`  ${tally.failed > 0 ? 'FAILED' : 'ok'}: ${words(tally)} (${seconds} s)`);
}
const total = addTallies(tallies);
console.log(words(total));
process.exit(total.failed > 0 ? 1 : 0);

async function attempt(step: Step): Promise<Finding> {
  try {
    return await step.run();
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { tally: failedOnce, text };
  }
}

function words({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
