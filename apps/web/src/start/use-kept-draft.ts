'use client';

import { useEffect, useState } from 'react';
import type { Draft } from './draft.ts';

const key = (from: string) => `blockwise-draft-${from}`;

/**
 * What is being written, kept in this browser until it is started: a reload loses nothing. Answers the
 * draft, what changes it, and what forgets it.
 */
export function useKeptDraft(
  from: string,
  begin: Draft,
): readonly [Draft, (draft: Draft) => void, () => void] {
  const [draft, setDraft] = useState(begin);
  useEffect(() => {
    const kept = sessionStorage.getItem(key(from));
    if (kept !== null) setDraft(JSON.parse(kept) as Draft);
  }, [from]);
  const change = (next: Draft) => {
    setDraft(next);
    sessionStorage.setItem(key(from), JSON.stringify(next));
  };
  return [draft, change, () => sessionStorage.removeItem(key(from))];
}
