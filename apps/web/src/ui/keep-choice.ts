const year = 365 * 24 * 60 * 60;

/** Keeps a choice of appearance in this browser for a year, where the server sees it too. */
export function keepChoice(cookie: string, value: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet
  document.cookie = `${cookie}=${value}; path=/; max-age=${year}; samesite=lax`;
}
