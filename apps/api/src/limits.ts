/** Items of one page of a connection. */
export const maxPageSize = 100;
/** Ids in one `nodes` query. */
export const maxNodes = 100;
/** Events of one `searchEvents` page. */
export const maxEventsPage = 1000;
/** Jobs of one `curves` query. */
export const maxCurveJobs = 500;
/** Curves (jobs times keys) of one `curves` query. */
export const maxCurves = 5000;
/** Networks of one `solve` query. */
export const maxSolveNetworks = 100;
/** Bytes of one HTTP request's body and of one WebSocket message. */
export const maxRequestBytes = 1_000_000;
/** Characters of an idempotency key. */
export const maxIdempotencyKey = 200;
/** Points of one curve when it is thinned. */
export const maxCurvePoints = 100_000;
/** Networks of one `retrainNetworks` mutation. */
export const maxRetrainNetworks = 100;
/** Bootstrap samples of one report. */
export const maxResamples = 10_000;
