import { expect, it } from 'vitest';
import { readBackupFlags } from './flags.mjs';

it('a backup goes to a folder, and comes back from one of its', () => {
  expect(readBackupFlags('backup', ['--to', 'kept'], '/from')).toEqual({
    ...{ action: 'backup', folder: '/from/kept', state: undefined },
  });
  const flags = ['--from', '/kept/2026', '--state', 'state'];
  expect(readBackupFlags('restore', flags, '/from')).toEqual({
    ...{ action: 'restore', folder: '/kept/2026', state: '/from/state' },
  });
});

it.each([
  [[], 'npm run backup takes --to FOLDER.'],
  [['--to'], '--to needs a folder.'],
  [['--to', 'a', '--to', 'b'], '--to is given twice.'],
  [['--from', 'a'], 'Unknown flag --from. npm run backup -- --help lists the flags.'],
])('%j is refused', (args, wrong) => {
  expect(readBackupFlags('backup', args, '/')).toEqual({ wrong });
});
