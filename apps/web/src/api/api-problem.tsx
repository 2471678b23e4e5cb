'use client';

import { ClientError } from '@blockwise/client';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useViewer } from '../account/viewer.tsx';
import { Button } from '../ui/button.tsx';
import { Problem } from '../ui/page.tsx';
import styles from './api-problem.module.css';

/** Why the API did not answer, in words, with what the reader can do about it. */
export function ApiProblem({ error, onRetry }: { error: Error; onRetry?: () => unknown }) {
  const say = useTranslations('common');
  const { viewer } = useViewer();
  const code = error instanceof ClientError ? error.code : undefined;
  const isRight = code === 'FORBIDDEN' || code === 'UNAUTHENTICATED';
  return (
    <Problem>
      <div className={styles.row}>
        <span>
          {isRight
            ? say('notAllowed')
            : code === 'UNREACHABLE'
              ? say('unreachable')
              : error.message}
          {isRight && viewer && <span className={styles.hint}>{say('notAllowedHint')}</span>}
          {isRight && viewer === null && (
            <Link href="/sign-in" className={styles.hint}>
              {say('signInHint')}
            </Link>
          )}
        </span>
        {onRetry && !isRight && <Button onPress={() => onRetry()}>{say('again')}</Button>}
      </div>
    </Problem>
  );
}
