import { DomainError, type ErrorPath } from '@blockwise/contracts';
import { parseDocument } from 'yaml';
import { printOp } from '../layer-grammar.ts';
import { hollowProblem } from '../network-grammar.ts';
import { mostPaths, printCell } from '../space-grammar.ts';
import { longestText } from '../syntax.ts';
import type { Op, SearchSpace } from '../types.ts';
import { type SpaceFile, spaceFile } from './space-schema.ts';

export type SpaceFormat = 'yaml' | 'json';

/**
 * Reads a search space from the text of a YAML or JSON file (docs/grammar.md has the shape). What
 * it accepts is what the grammar can write, so `printSpace` gives the same space as text.
 *
 * @throws DomainError SPACE_SYNTAX; its path leads to the wrong place in the file, as
 *   ['blocks', 2, 'cells', 0, 'layers'], and its message names that place too
 */
export function readSpaceFile(text: string, format: SpaceFormat): SearchSpace {
  if (text.length > longestText) {
    throw refusal([], `The file has ${text.length} characters; expected at most ${longestText}.`);
  }
  const { success, data, error } = spaceFile.safeParse(contentOf(text, format));
  if (!success) {
    const [issue] = error.issues;
    throw refusal(
      (issue?.path ?? []).map((step) => (typeof step === 'symbol' ? String(step) : step)),
      issue?.message ?? 'The file is not a search space.',
    );
  }
  return spaceFrom(data);
}

function contentOf(text: string, format: SpaceFormat): unknown {
  try {
    if (format === 'json') {
      return JSON.parse(text);
    }
    const document = parseDocument(text);
    const [wrong] = document.errors;
    if (wrong !== undefined) {
      throw wrong;
    }
    return document.toJS();
  } catch (cause) {
    const [firstLine = ''] = String(cause instanceof Error ? cause.message : cause).split('\n');
    throw refusal([], `The file is not ${format === 'json' ? 'JSON' : 'YAML'}: ${firstLine}`);
  }
}

function spaceFrom({ frame, stem, ops: usual, blocks, head }: SpaceFile): SearchSpace {
  refuseRepeated(usual ?? [], printOp, ['ops']);
  const problem = hollowProblem(stem);
  if (problem !== undefined) {
    throw refusal(['stem'], problem);
  }
  return {
    frame,
    stem,
    blocks: blocks.map(({ ops = usual, cells }, b) => {
      const at = ['blocks', b];
      if (ops === undefined) {
        throw refusal([...at, 'ops'], 'expected operations here, or "ops" for all blocks');
      }
      refuseRepeated(ops, printOp, [...at, 'ops']);
      refuseRepeated(cells, printCell, [...at, 'cells']);
      for (const [c, { layers }] of cells.entries()) {
        if (ops.length ** layers > mostPaths) {
          throw refusal(
            [...at, 'cells', c, 'layers'],
            `expected a cell of at most ${mostPaths} paths, not ${ops.length} operations to the ` +
              `power of ${layers}`,
          );
        }
      }
      return { ops: ops.map((op: Op) => ({ ...op })), cells };
    }),
    head,
  };
}

function refuseRepeated<T>(items: readonly T[], print: (item: T) => string, at: ErrorPath): void {
  const texts = items.map(print);
  const repeated = texts.findIndex((text, i) => texts.indexOf(text) < i);
  if (repeated !== -1) {
    throw refusal([...at, repeated], `expected ${texts[repeated]} only once`);
  }
}

function refusal(path: ErrorPath, problem: string): DomainError {
  const place = path
    .map((step, i) => (typeof step === 'number' ? `[${step}]` : `${i === 0 ? '' : '.'}${step}`))
    .join('');
  return new DomainError('SPACE_SYNTAX', place === '' ? problem : `${place}: ${problem}`, { path });
}
