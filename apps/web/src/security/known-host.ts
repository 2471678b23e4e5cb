/**
 * Whether `Host` names this machine, or is the host of one of the origins that the dashboard is reached
 * at (separated by commas). A page of any website can let its own name lead to this machine; the name
 * shows here.
 */
export function isKnownHost(host: string | null, webOrigin: string | undefined): boolean {
  if (host === null) return false;
  const name = URL.parse(`http://${host}`)?.hostname ?? '';
  if (name === 'localhost' || name === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(name)) return true;
  return (webOrigin ?? '')
    .split(',')
    .some((origin) => URL.parse(origin.trim())?.host === host.toLowerCase());
}
