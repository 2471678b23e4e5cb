/**
 * A random id for one request: logs of both sides tell of it by this name. (`crypto.randomUUID` is
 * missing on plain-http pages of other machines.)
 */
export function newRequestId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
