import type { Case } from './case.ts';
import { coverage } from './coverage.ts';
import { limitCases } from './limits.ts';
import { liveCases } from './live.ts';
import { liveCurveCases } from './live-curves.ts';
import { liveTrainerCases } from './live-trainers.ts';
import type { Operation } from './operation.ts';
import { casesOf } from './operation-cases.ts';
import { accounts } from './operations/accounts.ts';
import { describing } from './operations/describing.ts';
import { followUp } from './operations/follow-up.ts';
import { leaderboards } from './operations/leaderboards.ts';
import { searches } from './operations/searches.ts';
import { spaces } from './operations/spaces.ts';
import { steering } from './operations/steering.ts';
import { tables } from './operations/tables.ts';
import { teams } from './operations/teams.ts';
import { trainers } from './operations/trainers.ts';
import { webhooks } from './operations/webhooks.ts';
import { pagedFields, pagingCases } from './paging.ts';
import { transportCases } from './transport.ts';

const operations: readonly Operation[] = [
  ...describing,
  ...accounts,
  ...teams,
  ...searches,
  ...steering,
  ...followUp,
  ...spaces,
  ...tables,
  ...leaderboards,
  ...webhooks,
  ...trainers,
];

/** Every case, in the order in which they are run. */
export const suite: readonly Case[] = [
  ...coverage(operations, pagedFields),
  ...transportCases,
  ...limitCases,
  ...operations.flatMap(casesOf),
  ...pagingCases(pagedFields),
  ...liveCases,
  ...liveCurveCases,
  ...liveTrainerCases,
];
