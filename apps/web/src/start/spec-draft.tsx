'use client';

import { CheckSearchDocument, type CheckSearchQuery, toSearchSpecInput } from '@blockwise/client';
import { type SearchSpec, searchSpec } from '@blockwise/contracts';
import { createContext, type ReactNode, useContext, useMemo, useRef } from 'react';
import { useApi } from '../api/use-api.ts';
import { useRested } from '../ui/use-rested.ts';
import { type Draft, type DraftPath, samePath, withValueAt } from './draft.ts';
import { useIssueWords } from './use-issue-words.ts';

/** What the API is asked after, once hands rest. */
const restSeconds = 0.35;

export type Check = CheckSearchQuery['checkSearch'];

/** What is wrong, and where: a place in the specification. */
export interface SpecProblem {
  readonly path: DraftPath;
  readonly message: string;
}

export interface SpecDraft {
  readonly draft: Draft;
  readonly set: (path: DraftPath, value: unknown) => void;
  readonly replace: (draft: Draft) => void;
  /** With all defaults; undefined while a field is wrong. */
  readonly spec: SearchSpec | undefined;
  /** The same while a field is wrong: as it was before. */
  readonly lastSpec: SearchSpec | undefined;
  readonly problems: readonly SpecProblem[];
  /** The newest answer of the API, also while the next one is under way. */
  readonly check: Check | undefined;
  readonly isChecking: boolean;
  /** True when the newest draft was checked and nothing is wrong. */
  readonly isGood: boolean;
  readonly problemAt: (path: DraftPath) => string | undefined;
}

const DraftContext = createContext<SpecDraft | null>(null);

export function useSpecDraft(): SpecDraft {
  const draft = useContext(DraftContext);
  if (draft === null) throw new Error('useSpecDraft is called outside of SpecDraftProvider.');
  return draft;
}

/**
 * The specification that a form writes: fields are checked at once by the rules that the API has too,
 * and when they hold, the whole by the API, which knows data, teachers and spaces.
 */
export function SpecDraftProvider({
  draft,
  team,
  refusal,
  onChange,
  children,
}: {
  draft: Draft;
  team: string | undefined;
  /** What the API said when the search was to start. */
  refusal: SpecProblem | undefined;
  onChange: (draft: Draft) => void;
  children: ReactNode;
}) {
  const words = useIssueWords();
  const parsed = useMemo(() => searchSpec.safeParse(draft), [draft]);
  const last = useRef<SearchSpec>(undefined);
  if (parsed.success) last.current = parsed.data;
  const wanted = useMemo(
    () => (parsed.success ? JSON.stringify(toSearchSpecInput(parsed.data)) : undefined),
    [parsed],
  );
  const rested = useRested(wanted, restSeconds);
  const { data, isFetching, error } = useApi(
    CheckSearchDocument,
    { input: { spec: rested === undefined ? {} : JSON.parse(rested), ...(team ? { team } : {}) } },
    { isReady: rested !== undefined, keepsLast: true },
  );
  const check = data?.checkSearch;
  const isNewest = wanted !== undefined && wanted === rested && !isFetching && !error;

  const problems = useMemo((): SpecProblem[] => {
    if (!parsed.success) {
      return parsed.error.issues.map((issue) => ({
        path: issue.path.filter((key) => typeof key !== 'symbol'),
        message: words(issue),
      }));
    }
    const found = (check?.problems ?? []).map(({ path, message }) => ({
      path: path[0] === 'spec' ? path.slice(1) : path,
      message,
    }));
    return refusal === undefined ? found : [refusal, ...found];
  }, [parsed, check, refusal, words]);

  const value: SpecDraft = {
    draft,
    set: (path, next) => onChange(withValueAt(draft, path, next)),
    replace: onChange,
    spec: parsed.data,
    lastSpec: last.current,
    problems,
    check,
    isChecking: parsed.success && !isNewest,
    isGood: parsed.success && isNewest && problems.length === 0,
    problemAt: (path) => problems.find((problem) => samePath(problem.path, path))?.message,
  };
  return <DraftContext value={value}>{children}</DraftContext>;
}
