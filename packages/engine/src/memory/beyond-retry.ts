/**
 * Memory did not suffice, and what the engine holds is no longer whole: the same work cannot be done
 * again on it with fewer images. The message tells of the memory.
 */
export class BeyondRetry extends Error {
  override readonly name: string = 'BeyondRetry';
}
