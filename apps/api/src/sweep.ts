import { artifactPlace, artifactVariables, openArtifactStore } from '@blockwise/artifacts';
import { openDatabase, sweepArtifacts } from '@blockwise/db';
import { z } from 'zod';

/**
 * `npm run sweep`: removes files that nothing needs now, and says what it removed. With `--force` also
 * where most files of the store have no row. Status 2 for a variable that is missing or wrong, 1 when
 * it could not be done.
 */
const variables = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  ...artifactVariables,
  SWEEP_GRACE_HOURS: z.coerce.number().min(25).default(48),
});

const env = variables.safeParse(process.env);
if (!env.success) {
  process.stderr.write(`Nothing can be swept.\n${z.prettifyError(env.error)}\n`);
  process.exit(2);
}
const force = process.argv.includes('--force');
try {
  const store = await openArtifactStore(artifactPlace(env.data));
  const db = await openDatabase({ url: env.data.DATABASE_URL, applicationName: 'blockwise sweep' });
  try {
    const swept = await sweepArtifacts(db, store, {
      graceHours: env.data.SWEEP_GRACE_HOURS,
      force,
    });
    process.stdout.write(
      swept === null
        ? 'Another process sweeps at the moment.\n'
        : `Removed ${swept.files} files (${swept.bytes} bytes); forgot checkpoints of ` +
            `${swept.checkpoints} jobs, ${swept.uploads} uploads and ${swept.rows} rows.\n`,
    );
  } finally {
    await db.close();
  }
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error);
  process.stderr.write(`Nothing more can be swept. ${reason}\n`);
  process.exitCode = 1;
}
