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
/** Searches of one `compare` query. */
export const maxComparedSearches = 10;
/** Bytes of one HTTP request's body and of one WebSocket message. */
export const maxRequestBytes = 1_000_000;
/** Characters of an idempotency key. */
export const maxIdempotencyKey = 200;
/** Classes of a confusion matrix that is answered as a whole. */
export const maxMatrixClasses = 256;
/** Points of one `curves` query in plain lists; packed columns have no limit of their own. */
export const maxListedPoints = 1_000_000;
/** Points of one curve when it is thinned. */
export const maxCurvePoints = 100_000;
/** Networks of one `retrainNetworks` mutation. */
export const maxRetrainNetworks = 100;
/** Bootstrap samples of one report. */
export const maxResamples = 10_000;
/** Characters of an address (path and query). GET carries a short query at most; the rest is POST. */
export const maxUrlCharacters = 8192;
/** Bytes of all headers of a request; a session cookie and a token have a few hundred. */
export const maxHeaderBytes = 16_384;
/** Seconds for the headers of a request to arrive: a client that dribbles them holds no connection. */
export const headersTimeoutSeconds = 10;
/** Seconds for a whole request to arrive; the answer may take longer. */
export const requestTimeoutSeconds = 60;
/**
 * Names, numbers, texts and marks of one document. Checking a document can take time by the square of
 * this (0.3 s at this length); the longest of the client's own has 309, a look at the whole schema 200.
 */
export const maxTokens = 4000;
/** Operations of one document, of which one is run. */
export const maxOperations = 10;
/** Fields inside each other. The schema's own way down is Query, connection, edges, node, and so on. */
export const maxDepth = 15;
/** Fields under another name in one document, fragments counted wherever they are used. */
export const maxAliases = 50;
/** Directives (`@include`, `@skip`) of one document. */
export const maxDirectives = 100;
/** Fields at the top of one mutation: each is a change of its own, and they run one after another. */
export const maxMutationFields = 10;
/** Faults of a document that are told. */
export const maxFaults = 10;
/** Lists and objects inside each other in variables. The specification of a search has 6. */
export const maxVariableDepth = 20;
/** Values of all variables together, those in lists and objects counted. */
export const maxVariableValues = 250_000;
/** Operations under way on one socket, subscriptions among them. */
export const maxSocketOperations = 200;
