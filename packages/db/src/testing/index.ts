export { boardEntries, firstBoard } from './board.ts';
export { createEmptyDatabase, createTestDatabase, type TestDatabase } from './database.ts';
export {
  localReader,
  openTestPlatform,
  type TestPlatform,
  takeAttempt,
  takeDelivery,
  testTrainer,
} from './platform.ts';
export {
  cutResult,
  distilResult,
  exportResult,
  latencyResult,
  plannedNetworks,
  playJob,
  playUntil,
  rateResult,
  retrainResult,
  solveResult,
  startTestSearch,
  teacherResult,
  testArtifact,
  testCells,
  testConfusion,
  testSpec,
  verifyResult,
} from './search-flow.ts';
export { startTestServer, type TestServer } from './server.ts';
