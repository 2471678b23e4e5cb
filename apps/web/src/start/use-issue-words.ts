'use client';

import type { searchSpec } from '@blockwise/contracts';
import { useTranslations } from 'next-intl';
import { useCallback } from 'react';

type Issue = NonNullable<ReturnType<typeof searchSpec.safeParse>['error']>['issues'][number];

/** Says what is wrong with a field in the reader's language. */
export function useIssueWords(): (issue: Issue) => string {
  const say = useTranslations('start.problem');
  return useCallback(
    (issue) => {
      switch (issue.code) {
        case 'invalid_type':
          return issue.input === undefined
            ? say('missing')
            : say(issue.expected === 'number' || issue.expected === 'int' ? 'number' : 'kind');
        case 'too_small':
          return issue.origin === 'string'
            ? say('missing')
            : say('tooSmall', { least: String(issue.minimum) });
        case 'too_big':
          return say('tooBig', { most: String(issue.maximum) });
        case 'unrecognized_keys':
          return say('unknown', { keys: issue.keys.join(', ') });
        // One value or one for each block.
        case 'invalid_union':
          return say('number');
        default:
          return issue.message;
      }
    },
    [say],
  );
}
