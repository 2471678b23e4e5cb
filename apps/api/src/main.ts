import { startTracing } from '@blockwise/telemetry';
import { readEnv } from './env.ts';
import { createLog } from './log.ts';
import { createServer } from './server.ts';
import { serverInfo } from './server-info.ts';

try {
  const env = readEnv(process.env);
  const tracing = await startTracing('api', serverInfo.version);
  const log = createLog(env.logLevel);
  const server = await createServer(env, log);
  let stopping = false;
  const stop = async (signal: NodeJS.Signals): Promise<void> => {
    if (stopping) {
      return;
    }
    stopping = true;
    log.info({ signal }, 'stopping');
    await server.close();
    await tracing.stop();
    log.info('stopped');
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);

  const link = await server.firstSignInLink();
  if (link !== null) {
    // For a person, and for nobody who reads logs.
    process.stderr.write(
      `The owner was made. This link signs in as the owner, once, until ${link.expiresAt.toISOString()}:\n${link.url}\n`,
    );
  }
  // Last: whoever waits for this line may end the process at once.
  log.info({ url: server.url, port: server.port }, 'listening');
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
