/**
 * Tells what is being done and how long it took; prints the log of what failed. All of it to stderr:
 * stdout belongs to the command.
 *
 * @param {string} what "Installing dependencies"
 * @param {() => Promise<{ ok: boolean, log: string }>} work
 * @returns {Promise<boolean>} whether it succeeded
 */
export async function timed(what, work) {
  const start = performance.now();
  process.stderr.write(`${what} … `);
  const { ok, log } = await work();
  const seconds = `${((performance.now() - start) / 1000).toFixed(1)} s`;
  console.error(ok ? seconds : `failed after ${seconds}`);
  if (!ok) console.error(log.trimEnd());
  return ok;
}
