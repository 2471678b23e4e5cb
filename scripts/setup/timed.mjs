/**
 * Tells what is being done and how long it took; prints the log of what failed.
 *
 * @param {string} what "Installing dependencies"
 * @param {() => Promise<{ ok: boolean, log: string }>} work
 * @returns {Promise<boolean>} whether it succeeded
 */
export async function timed(what, work) {
  const start = performance.now();
  process.stdout.write(`${what} … `);
  const { ok, log } = await work();
  const seconds = `${((performance.now() - start) / 1000).toFixed(1)} s`;
  console.log(ok ? seconds : `failed after ${seconds}`);
  if (!ok) console.error(log.trimEnd());
  return ok;
}
