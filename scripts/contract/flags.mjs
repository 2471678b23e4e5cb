// JavaScript, because the bootstrap checks flags on Node 20 before anything is installed.

/**
 * @typedef {object} ContractFlags
 * @property {string} url of the GraphQL endpoint
 * @property {string} token of an owner, with READ, WRITE and ADMIN
 * @property {string | undefined} search id of a complete search; the newest that is seen if undefined
 * @property {boolean} work start work on that search too, and cancel it
 * @property {string | undefined} only cases whose name has this text
 */

export const contractHelp = `npm run contract -- --url URL --token TOKEN [flags]

Holds a server against the contract of the API: every operation, its refusals, paging, rights, limits
and subscriptions. docs/contract.md says what it leaves behind.

  --url URL      address of the GraphQL endpoint (or BLOCKWISE_URL)
  --token TOKEN  of an account that may make teams, with the scopes READ, WRITE and ADMIN (or
                 BLOCKWISE_TOKEN)
  --search ID    a complete search to read from; the newest that the token sees if not given
  --work         start work on that search too (trainings, exports), and cancel it
  --only TEXT    only cases whose name has the text
  --help         this text

The exit status is 0 when no case failed, 1 when one did, 2 for a command line that makes no sense.`;

const takesValue = new Set(['--url', '--token', '--search', '--only']);
const switches = new Set(['--work', '--help']);

/**
 * @param {readonly string[]} args
 * @param {Record<string, string | undefined>} env
 * @returns {ContractFlags | { help: true } | { wrong: string }} `wrong` is one line for a person
 */
export function readContractFlags(args, env) {
  /** @type {Map<string, string>} */
  const given = new Map();
  for (let at = 0; at < args.length; at += 1) {
    const flag = args[at] ?? '';
    if (given.has(flag)) return { wrong: `${flag} is given twice.` };
    if (switches.has(flag)) {
      given.set(flag, '');
    } else if (takesValue.has(flag)) {
      at += 1;
      const value = args[at] ?? '';
      if (value === '' || value.startsWith('--')) return { wrong: `${flag} needs a value.` };
      given.set(flag, value);
    } else {
      return { wrong: `Unknown flag ${flag}. npm run contract -- --help lists the flags.` };
    }
  }
  if (given.has('--help')) return { help: true };
  const url = given.get('--url') ?? env.BLOCKWISE_URL ?? '';
  const token = given.get('--token') ?? env.BLOCKWISE_TOKEN ?? '';
  if (!/^https?:\/\//.test(url)) {
    return { wrong: 'npm run contract takes --url, the http address of a GraphQL endpoint.' };
  }
  if (token === '') return { wrong: 'npm run contract takes --token, of an owner of a team.' };
  return {
    url,
    token,
    search: given.get('--search'),
    work: given.has('--work'),
    only: given.get('--only'),
  };
}
