import './scalars.ts';
import './server-info.ts';
import './failure.ts';
import './team.ts';
import './user.ts';
import './viewer.ts';
import './token.ts';
import './invitation.ts';
import './audit-log.ts';
import './account.ts';
import './dataset.ts';
import './recipe.ts';
import './space.ts';
import './network-description.ts';
import './teacher.ts';
import './search.ts';
import './block.ts';
import './artifact.ts';
import './start-search.ts';
import './cell.ts';
import './candidate.ts';
import './job.ts';
import './run.ts';
import './network.ts';
import './retraining.ts';
import './latency-table.ts';
import './solve.ts';
import './pareto.ts';
import './rank-report.ts';
import './audit.ts';
import './fit-lambdas.ts';
import './start-audit.ts';
import './retrain-networks.ts';
import './follow-up.ts';
import './export.ts';
import './export-candidates.ts';
import './export-curves.ts';
import './curve.ts';
import './curve-points.ts';
import './entry.ts';
import './taken-job.ts';
import './take-job.ts';
import './job-writes.ts';
import './complete-job.ts';
import './webhook.ts';
import './webhook-delivery.ts';
import './leaderboard.ts';
import './manage-leaderboards.ts';
import './enter-leaderboard.ts';
import './compare-entries.ts';
import './compare.ts';
import './leaderboard-event.ts';
import './search-event.ts';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { guardSchema } from '../rights/guard.ts';
import { builder } from './builder.ts';
import { locateErrors } from './locate-errors.ts';

/** The executable schema: each import above adds one entity to the builder. */
export const schema = locateErrors(guardSchema(builder.toSchema()));

/** The schema as sorted SDL, as `schema.graphql` holds it. */
export function printSdl(): string {
  return `${printSchema(lexicographicSortSchema(schema))}\n`;
}
