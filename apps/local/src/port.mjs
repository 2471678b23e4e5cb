// JavaScript, because the bootstrap looks at the port on Node 20 before anything is installed.
import { createServer } from 'node:net';

/**
 * Whether a server could listen on the loopback port now.
 *
 * @param {number} port
 * @returns {Promise<boolean>}
 */
export function isPortFree(port) {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (/** @type {NodeJS.ErrnoException} */ error) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(false);
      else reject(error);
    });
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      probe.close(() => resolve(true));
    });
  });
}

/**
 * Why the dashboard cannot have the port, as one line for the person who chose it; undefined when
 * it can.
 *
 * @param {number} port
 * @returns {Promise<string | undefined>}
 */
export async function refusePort(port) {
  if (await isPortFree(port)) return undefined;
  return `Port ${port} is in use, perhaps by another npm start; --port takes another one.`;
}
