import { DomainError } from '@blockwise/contracts';
import { startTracing } from '@blockwise/telemetry';
import { readEnv, type TrainerEnv } from './env.ts';
import { readFlags } from './flags.ts';
import { openLog } from './log.ts';
import { projectVersion } from './project-version.ts';
import { startTrainer } from './trainer.ts';

/** The exit status of a trainer that would not start any better the next time. */
const wrongConfiguration = 2;

/** The configuration, flags before variables, or one clear line and status 2. */
function envOrExit(): TrainerEnv {
  try {
    return readEnv({ ...process.env, ...readFlags(process.argv.slice(2)) });
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(wrongConfiguration);
  }
}

const env = envOrExit();
const log = openLog(env.logLevel);

try {
  const tracing = await startTracing('trainer', projectVersion());
  const trainer = await startTrainer(env, log, (refusal) => {
    // A token that was revoked: whoever starts this process again would hear the same.
    process.stderr.write(`The trainer is given no more jobs. ${refusal.message}\n`);
    trainer.stop().finally(() => process.exit(wrongConfiguration));
  });
  let ending = false;
  const end = (signal: NodeJS.Signals) => {
    // Whoever asks twice does not want to wait; the queue notices by the missing heartbeat.
    if (ending) process.exit(1);
    ending = true;
    log.info({ signal }, 'trainer shuts down');
    const stopped = trainer.stop().then(() => tracing.stop());
    stopped.then(
      () => process.exit(0),
      (error: unknown) => {
        log.fatal({ err: error }, 'the shutdown failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
} catch (error) {
  if (error instanceof DomainError) {
    // The engine, device or token that was given: for a person, like a wrong variable.
    process.stderr.write(`The trainer cannot start. ${error.message}\n`);
    process.exit(wrongConfiguration);
  }
  log.fatal({ err: error }, 'the trainer cannot start');
  process.exit(1);
}
