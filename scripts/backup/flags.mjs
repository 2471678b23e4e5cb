// JavaScript, because the bootstrap checks flags on Node 20 before anything is installed.
import path from 'node:path';

/**
 * @typedef {object} BackupFlags
 * @property {'backup' | 'restore'} action
 * @property {string} folder absolute: where backups are kept, or the backup itself
 * @property {string | undefined} state absolute state folder of `npm start`, whose own PostgreSQL is used
 */

export const backupHelp = `npm run backup -- --to FOLDER [--state FOLDER]
npm run restore -- --from FOLDER/TIME [--state FOLDER]

backup writes FOLDER/TIME with all rows, as they are at one moment, and FOLDER/artifacts with all files that
they name; files that are there from an earlier backup are not copied again. The platform may go on working.
restore brings one into an empty database and an empty store; what was waiting or under way waits again.

  --to FOLDER     where backups are kept
  --from FOLDER   one of them
  --state FOLDER  state folder of npm start, while that does not run. Without it DATABASE_URL names the
                  database, and STATE_FOLDER or ARTIFACT_STORE the files, as for the API
  --help          this text

The exit status is 0 when it is done, 1 when it is not, 2 for a wrong flag.`;

/**
 * @param {'backup' | 'restore'} action
 * @param {readonly string[]} args
 * @param {string} from where relative paths start
 * @returns {BackupFlags | { help: true } | { wrong: string }} `wrong` is one line for a person
 */
export function readBackupFlags(action, args, from) {
  const needed = action === 'backup' ? '--to' : '--from';
  /** @type {Map<string, string>} */
  const given = new Map();
  for (let at = 0; at < args.length; at += 2) {
    const flag = args[at] ?? '';
    if (flag === '--help') return { help: true };
    if (flag !== needed && flag !== '--state') {
      return { wrong: `Unknown flag ${flag}. npm run ${action} -- --help lists the flags.` };
    }
    if (given.has(flag)) return { wrong: `${flag} is given twice.` };
    const value = args[at + 1] ?? '';
    if (value === '' || value.startsWith('--')) return { wrong: `${flag} needs a folder.` };
    given.set(flag, path.resolve(from, value));
  }
  const folder = given.get(needed);
  if (folder === undefined) return { wrong: `npm run ${action} takes ${needed} FOLDER.` };
  return { action, folder, state: given.get('--state') };
}
