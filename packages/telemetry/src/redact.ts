const hidden = '[redacted]';

/** Keys, in any spelling, whose texts nobody may read in a log. */
const secretKeys =
  '[\\w-]*(?:secret|password|token|api_?key)|authorization|(?:set-)?cookie|passwd|signed|' +
  'database_?url|connection_?string|credentials';

/** Values by their form, wherever they stand: in a message, an address or a stack. */
const forms: readonly [RegExp, string][] = [
  // Name and password of an address: postgresql://name:password@host.
  [/\b([a-z][a-z\d+.-]*:\/\/)[^\s/@"'\\]+@/gi, `$1${hidden}@`],
  [/\b(Bearer|Basic) +[\w.~+/=-]+/gi, `$1 ${hidden}`],
  // Secrets of tokens, invitations and share links, and what webhooks are signed with.
  [/\bbw[a-z]?_[\w-]{20,}/g, hidden],
  [/\bwhsec_[\w+/=-]+/g, hidden],
  // Signed links, and keys of stores with an S3 interface.
  [/(\/(?:downloads|share|invitation)\/)[\w.~-]{16,}/g, `$1${hidden}`],
  [
    /([?&#;](?:token|secret|signature|sig|code|state|password|key|x-amz-[a-z-]+|awsaccesskeyid)=)[^&\s"'\\#]+/gi,
    `$1${hidden}`,
  ],
  [/\b((?:blockwise\.)[\w.-]+=)[^;\s"'\\]+/g, `$1${hidden}`],
];

/** `"password": "…"` of a line, and of JSON inside of a text of the line. */
const ofLine = new RegExp(`("(?:${secretKeys})"\\s*:\\s*")(?:[^"\\\\]|\\\\.)*"`, 'gi');
const insideText = new RegExp(`(\\\\"(?:${secretKeys})\\\\"\\s*:\\s*\\\\")[^"\\\\]*`, 'gi');

/**
 * A line of a log without what opens something: passwords in addresses, tokens, cookies, signed
 * links, secrets of webhooks. It goes by names and forms, so it is the last net and no licence to
 * log secrets.
 */
export function redact(line: string): string {
  let shown = line.replace(ofLine, `$1${hidden}"`).replace(insideText, `$1${hidden}`);
  for (const [form, by] of forms) shown = shown.replace(form, by);
  return shown;
}
