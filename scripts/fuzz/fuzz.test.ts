import { describe, expect, it } from 'vitest';
import { fuzzTarget, linesOf } from './run.ts';
import { targetNames } from './target-names.mjs';

const seed = Number(process.env.PROPERTY_SEED ?? 1);

// The short form of `npm run fuzz`.
describe('made-up and damaged input', () => {
  it.each(targetNames)('is taken or refused in an orderly way: %s', async (name) => {
    const inputs = name === 'graphql' || name === 'layers-model' ? 150 : 600;
    const report = await fuzzTarget(name, { inputs, seed });
    expect(report.findings, linesOf(report).join('\n')).toEqual([]);
    // Both ways are gone: input that is always refused tries one line of code.
    expect(report.taken).toBeGreaterThan(0);
    expect(report.refused).toBeGreaterThan(0);
  });
});
