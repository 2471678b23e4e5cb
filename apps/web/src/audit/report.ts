import type { AuditNetworksQuery } from '@blockwise/client';

export type Audit = NonNullable<AuditNetworksQuery['audit']>;
export type RankReport = NonNullable<Audit['report']>;
export type RandomSearch = NonNullable<Audit['randomSearch']>;
export type Estimate = RankReport['predictors'][number]['kendall'];
