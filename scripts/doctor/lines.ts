import type { EngineName } from '../../packages/contracts/src/index.ts';
import { passed, type SelfTestReport } from '../../packages/engine/src/index.ts';

const indent = ' '.repeat(14);

/** What was found of one engine, for people. */
export function linesOf(report: SelfTestReport): string[] {
  const { name, device, versions, oracle, reason, stepMs, stepBatch } = report;
  const verdict = passed(report) ? device : reason;
  const lines = [`  ${name.padEnd(10)}  ${verdict}`];
  if (oracle !== null) {
    const error = oracle.worstError.toExponential(1);
    lines.push(
      `${indent}self-test ${oracle.passed ? 'passed' : 'FAILED'}: relative error ${error}, ` +
        `allowed ${oracle.tolerance} (${oracle.worstOf})`,
    );
  }
  if (stepMs !== null) {
    const images = stepBatch === 1 ? '1 image' : `${stepBatch} images`;
    lines.push(`${indent}${milliseconds(stepMs)} ms a step of the bench cell, ${images}`);
  }
  if (versions !== null) {
    const list = Object.entries(versions).map(([part, version]) => `${part} ${version}`);
    lines.push(`${indent}${list.join(', ')}`);
  }
  return lines;
}

/** The last line: what a trainer will take. */
export function choiceLine(chosen: EngineName | null): string {
  return chosen === null
    ? 'No engine can train here.'
    : `ENGINE=auto chooses ${chosen}. ENGINE=NAME chooses another.`;
}

function milliseconds(value: number): string {
  return value < 100 ? value.toFixed(1) : value.toFixed(0);
}
