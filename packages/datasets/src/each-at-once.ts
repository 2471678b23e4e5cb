/**
 * Works through 0 … `count` - 1 with at most `atOnce` at a time. The first failure is thrown when
 * all that had begun has ended; nothing begins after it, or after the signal's abort.
 */
export async function eachAtOnce(
  count: number,
  atOnce: number,
  work: (index: number) => Promise<void>,
  signal?: AbortSignal,
): Promise<void> {
  let next = 0;
  const failures: unknown[] = [];
  const runner = async () => {
    while (next < count && failures.length === 0) {
      try {
        signal?.throwIfAborted();
        await work(next++);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, count) }, runner));
  if (failures.length > 0) throw failures[0];
}
