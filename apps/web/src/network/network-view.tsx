'use client';

import { useTranslations } from 'next-intl';
import { ApiProblem } from '../api/api-problem.tsx';
import { TryPanel } from '../classify/try-panel.tsx';
import { Problem, Skeleton } from '../ui/page.tsx';
import { ActionPanel } from './action-panel.tsx';
import { ArchitecturePanel } from './architecture-panel.tsx';
import { ClassResults } from './class-results.tsx';
import { CostPanel } from './cost-panel.tsx';
import { FilesPanel } from './files-panel.tsx';
import { NetworkFacts } from './network-facts.tsx';
import { TrainingPanel } from './training-panel.tsx';
import { useNetwork } from './use-network.ts';

/** One network: what it is and why, what it costs, how it was trained, and what can be done with it. */
export function NetworkView({ id }: { id: string }) {
  const say = useTranslations('network.page');
  const common = useTranslations('common');
  const { network, error, refetch } = useNetwork(id);
  if (network == null) {
    if (network === null) return <Problem>{say('none')}</Problem>;
    if (error) return <ApiProblem error={error} onRetry={() => refetch()} />;
    return <Skeleton lines={10} label={common('loading')} />;
  }
  return (
    <>
      <NetworkFacts network={network} />
      <ArchitecturePanel network={network} />
      <CostPanel network={network} />
      <TryPanel network={network} />
      <TrainingPanel network={network} />
      <ClassResults network={network} />
      <FilesPanel network={network} />
      <ActionPanel network={network} />
    </>
  );
}
