'use client';

import { AuditNetworksDocument, CancelAuditDocument } from '@blockwise/client';
import { useTranslations } from 'next-intl';
import { isAtLeast, useRole } from '../account/rights.ts';
import { useChange } from '../api/use-api.ts';
import { sharedRecipe } from '../search/recipe-words.ts';
import { useSearch } from '../search/search-frame.tsx';
import { Button } from '../ui/button.tsx';
import { useConfirm } from '../ui/confirm.tsx';
import { Problem } from '../ui/page.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { StateChip } from '../ui/state-chip.tsx';
import { tell } from '../ui/toasts.tsx';
import styles from './audit.module.css';
import type { Audit } from './report.ts';

/** How far an audit is, by which recipe its networks are trained, and the way to end it. */
export function AuditHead({ audit, tested }: { audit: Audit; tested: number }) {
  const say = useTranslations('trust');
  const recipe = useTranslations('recipe');
  const { networks, state, failure } = audit;
  const isUnderWay = state === 'QUEUED' || state === 'RUNNING';
  return (
    <>
      <div className={styles.row}>
        <StateChip state={state} />
        <span>{say('progress', { tested, networks: networks.length })}</span>
        <span className={styles.note}>
          {sharedRecipe(
            recipe,
            networks.flatMap(({ retrainings }) => retrainings),
          )}
        </span>
        {isUnderWay && <CancelButton audit={audit} />}
      </div>
      {isUnderWay && (
        <ProgressBar
          share={tested / Math.max(1, networks.length)}
          label={say('progress', { tested, networks: networks.length })}
        />
      )}
      {failure && (
        <Problem>
          {failure.message} <code>{failure.code}</code>
        </Problem>
      )}
    </>
  );
}

function CancelButton({ audit }: { audit: Audit }) {
  const say = useTranslations('trust');
  const { search } = useSearch();
  const role = useRole(search.team.id);
  const confirm = useConfirm();
  const cancel = useChange(CancelAuditDocument, { renews: [AuditNetworksDocument] });
  if (!isAtLeast(role, 'MEMBER')) return null;
  const press = async () => {
    const isSure = await confirm({
      title: say('cancelTitle', { name: audit.name }),
      text: say('cancelText'),
      yes: say('cancel'),
    });
    if (!isSure) return;
    cancel.mutate(
      { input: { audit: audit.id } },
      { onSuccess: () => tell({ text: say('cancelled'), tone: 'good' }) },
    );
  };
  return (
    <Button tone="danger" isDisabled={cancel.isPending} onPress={press}>
      {say('cancel')}
    </Button>
  );
}
