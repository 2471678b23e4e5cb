/** Whether a host name or address can only mean this machine. IPv6 with or without brackets. */
export function isLoopbackHost(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  return (
    name === 'localhost' ||
    name === '::1' ||
    /^127(\.(25[0-5]|2[0-4]\d|1\d\d|\d{1,2})){3}$/.test(name)
  );
}

/** Whether a `Host` header (name, optional port) names this machine only. */
export function isLoopbackAuthority(authority: string | undefined): boolean {
  const match = /^(\[[^\]]+\]|[^:]+)(:\d{1,5})?$/.exec(authority ?? '');
  return match?.[1] !== undefined && isLoopbackHost(match[1]);
}

/** Whether this is a web origin (`scheme://host:port`) that may be signed in from: https, or this machine. */
export function isSafeOrigin(origin: string): boolean {
  const parsed = URL.parse(origin);
  return (
    parsed !== null &&
    parsed.origin === origin &&
    (parsed.protocol === 'https:' ||
      (parsed.protocol === 'http:' && isLoopbackHost(parsed.hostname)))
  );
}
