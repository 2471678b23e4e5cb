'use client';

import { TeamTokensDocument } from '@blockwise/client';
import { useTranslations } from 'next-intl';
import { TokenForm } from '../account/token-form.tsx';
import { TokenTable } from '../account/token-table.tsx';
import { ApiProblem } from '../api/api-problem.tsx';
import { usePages } from '../api/use-pages.ts';
import { Button } from '../ui/button.tsx';
import { Panel, Skeleton } from '../ui/page.tsx';
import { ForRole } from './for-role.tsx';
import { useTeam } from './team-frame.tsx';
import styles from './teams.module.css';

const pageSize = 50;

/** Tokens that are good for this team only, whoever made them. */
export function TeamTokens() {
  const say = useTranslations('teams');
  return (
    <ForRole least="MAINTAINER" title={say('tokens.title')}>
      <Tokens />
    </ForRole>
  );
}

function Tokens() {
  const say = useTranslations('teams.tokens');
  const common = useTranslations('common');
  const { id } = useTeam();
  const tokens = usePages(
    TeamTokensDocument,
    { team: id, first: pageSize },
    ({ team }) => team?.tokens,
  );
  return (
    <Panel title={say('title')}>
      <div className={styles.stack}>
        <p className={styles.note}>{say('about')}</p>
        {tokens.error && <ApiProblem error={tokens.error} onRetry={tokens.again} />}
        {tokens.items === undefined && !tokens.error && <Skeleton label={common('loading')} />}
        {tokens.items && <TokenTable name={say('title')} tokens={tokens.items} isOfTeam />}
        {tokens.more && (
          <Button isDisabled={tokens.isReading} onPress={tokens.more}>
            {common('more')}
          </Button>
        )}
        <TokenForm teams={[]} onlyTeam={id} />
      </div>
    </Panel>
  );
}
