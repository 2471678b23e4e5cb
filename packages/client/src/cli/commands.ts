import type { Command } from './command.ts';
import { audit } from './commands/audit.ts';
import { auditReport } from './commands/audit-report.ts';
import { cancel } from './commands/cancel.ts';
import { candidates } from './commands/candidates.ts';
import { cut } from './commands/cut.ts';
import { download } from './commands/download.ts';
import { exportSearch } from './commands/export.ts';
import { lambdas } from './commands/lambdas.ts';
import { latency } from './commands/latency.ts';
import { leaderboard } from './commands/leaderboard.ts';
import { networks } from './commands/networks.ts';
import { pareto } from './commands/pareto.ts';
import { recipes } from './commands/recipes.ts';
import { retrain } from './commands/retrain.ts';
import { searches } from './commands/searches.ts';
import { signIn } from './commands/sign-in.ts';
import { solve } from './commands/solve.ts';
import { space } from './commands/space.ts';
import { spaces } from './commands/spaces.ts';
import { start } from './commands/start.ts';
import { watch } from './commands/watch.ts';

/** Every command, in the order of a search's life. */
export const commands: readonly Command[] = [
  spaces,
  space,
  networks,
  recipes,
  start,
  searches,
  watch,
  exportSearch,
  cancel,
  candidates,
  solve,
  pareto,
  retrain,
  latency,
  cut,
  download,
  audit,
  auditReport,
  lambdas,
  leaderboard,
  signIn,
];
