/**
 * What a page may load and reach: its own scripts, known by a nonce, and the API. Styles may stand in the
 * page, because charts are drawn with them; scripts may not, so that a text that slipped through as markup
 * does nothing.
 */
export function contentPolicy(options: {
  /** New for every request. */
  readonly nonce: string;
  /** Of the GraphQL endpoint. */
  readonly apiUrl: string;
  readonly isDevelopment: boolean;
}): string {
  const { nonce, apiUrl, isDevelopment } = options;
  const api = new URL(apiUrl).origin;
  const socket = api.replace(/^http/, 'ws');
  const directives: Record<string, readonly string[]> = {
    'default-src': ["'self'"],
    'script-src': [
      "'self'",
      `'nonce-${nonce}'`,
      "'strict-dynamic'",
      // Reloading of changed modules, which only development does.
      ...(isDevelopment ? ["'unsafe-eval'"] : []),
    ],
    'style-src': ["'self'", "'unsafe-inline'"],
    'img-src': ["'self'", 'data:', 'blob:', api],
    'connect-src': ["'self'", api, socket, ...(isDevelopment ? ['ws:'] : [])],
    'object-src': ["'none'"],
    'base-uri': ["'none'"],
    'form-action': ["'self'"],
    'frame-ancestors': ["'none'"],
  };
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources.join(' ')}`)
    .join('; ');
}
