import type { Command } from './command.ts';
import { audit } from './commands/audit.ts';
import { auditReport } from './commands/audit-report.ts';
import { boards } from './commands/boards.ts';
import { cancel } from './commands/cancel.ts';
import { candidates } from './commands/candidates.ts';
import { compare } from './commands/compare.ts';
import { compareEntries } from './commands/compare-entries.ts';
import { createBoard } from './commands/create-board.ts';
import { createTeam } from './commands/create-team.ts';
import { createToken } from './commands/create-token.ts';
import { cut } from './commands/cut.ts';
import { download } from './commands/download.ts';
import { enter } from './commands/enter.ts';
import { exportSearch } from './commands/export.ts';
import { exportBoard } from './commands/export-board.ts';
import { importBoard } from './commands/import-board.ts';
import { invite } from './commands/invite.ts';
import { lambdas } from './commands/lambdas.ts';
import { latency } from './commands/latency.ts';
import { leaderboard } from './commands/leaderboard.ts';
import { networks } from './commands/networks.ts';
import { pareto } from './commands/pareto.ts';
import { pause } from './commands/pause.ts';
import { recipes } from './commands/recipes.ts';
import { resume } from './commands/resume.ts';
import { retrain } from './commands/retrain.ts';
import { retry } from './commands/retry.ts';
import { revokeToken } from './commands/revoke-token.ts';
import { searches } from './commands/searches.ts';
import { shareBoard } from './commands/share-board.ts';
import { signIn } from './commands/sign-in.ts';
import { solve } from './commands/solve.ts';
import { space } from './commands/space.ts';
import { spaces } from './commands/spaces.ts';
import { start } from './commands/start.ts';
import { teams } from './commands/teams.ts';
import { tokens } from './commands/tokens.ts';
import { verify } from './commands/verify.ts';
import { watch } from './commands/watch.ts';
import { withdraw } from './commands/withdraw.ts';

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
  pause,
  resume,
  retry,
  cancel,
  candidates,
  solve,
  pareto,
  compare,
  retrain,
  latency,
  cut,
  download,
  audit,
  auditReport,
  lambdas,
  boards,
  createBoard,
  leaderboard,
  enter,
  verify,
  withdraw,
  compareEntries,
  exportBoard,
  importBoard,
  shareBoard,
  signIn,
  teams,
  createTeam,
  invite,
  tokens,
  createToken,
  revokeToken,
];
