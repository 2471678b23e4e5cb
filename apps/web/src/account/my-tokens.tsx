'use client';

import { AccountDocument } from '@blockwise/client';
import { useTranslations } from 'next-intl';
import { ApiProblem } from '../api/api-problem.tsx';
import { useApi } from '../api/use-api.ts';
import { Panel, Skeleton } from '../ui/page.tsx';
import styles from './account.module.css';
import { TokenForm } from './token-form.tsx';
import { TokenTable } from './token-table.tsx';

/** Your tokens, for notebooks and other programs. */
export function MyTokens({ teams }: { teams: readonly { id: string; name: string }[] }) {
  const say = useTranslations('account.tokens');
  const common = useTranslations('common');
  const { data, error, refetch } = useApi(AccountDocument, {});
  return (
    <Panel title={say('mine')}>
      <div className={styles.stack}>
        <p className={styles.note}>{say('about')}</p>
        {error ? (
          <ApiProblem error={error} onRetry={refetch} />
        ) : data === undefined ? (
          <Skeleton label={common('loading')} />
        ) : (
          <TokenTable name={say('mine')} tokens={data.viewer?.user.tokens.nodes ?? []} />
        )}
        <TokenForm teams={teams} />
      </div>
    </Panel>
  );
}
