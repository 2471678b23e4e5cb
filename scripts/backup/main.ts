// `npm run backup` and `npm run restore`.

import { backUp, restore } from './back-up.ts';
import { readBackupFlags } from './flags.mjs';
import { openPlace } from './place.ts';

const [action, ...args] = process.argv.slice(2);
const flags = readBackupFlags(
  action === 'restore' ? 'restore' : 'backup',
  args,
  process.env.INIT_CWD ?? process.cwd(),
);
// The bootstrap has looked at them already.
if (!('folder' in flags)) process.exit(2);

const say = (text: string) => {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`);
};
try {
  const place = await openPlace(flags.state, process.env);
  try {
    if (flags.action === 'backup') {
      const { folder, rows, artifacts, gone } = await backUp(place, flags.folder, say);
      say('');
      console.log(`${folder}: ${rows} rows and ${artifacts} artifacts.`);
      if (gone.length > 0) console.log(`${gone.length} checkpoints were removed meanwhile.`);
    } else {
      const { madeAt, rows, artifacts, jobs } = await restore(place, flags.folder, say);
      say('');
      console.log(`Restored as of ${madeAt}: ${rows} rows and ${artifacts} artifacts.`);
      console.log(jobs === 0 ? 'No job waits.' : `${jobs} jobs wait for a trainer.`);
    }
  } finally {
    await place.close();
  }
} catch (error) {
  say('');
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
