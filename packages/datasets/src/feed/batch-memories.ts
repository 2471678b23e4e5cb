/**
 * Shared memory that batches are made in, used again and again: fresh memory costs the system more
 * than the numbers that are written to it, and every thread that hears of it counts it as its own.
 */
export class BatchMemories {
  readonly #mostFreeBytes: number;
  readonly #announce: (memory: SharedArrayBuffer) => void;
  readonly #forget: (memory: SharedArrayBuffer) => void;
  readonly #free: SharedArrayBuffer[] = [];
  #count = 0;

  /**
   * @param mostFreeBytes what is kept for later; one memory is kept in any case
   * @param announce a new memory will be used
   * @param forget it will not be used again
   */
  constructor(
    mostFreeBytes: number,
    announce: (memory: SharedArrayBuffer) => void,
    forget: (memory: SharedArrayBuffer) => void,
  ) {
    this.#mostFreeBytes = mostFreeBytes;
    this.#announce = announce;
    this.#forget = forget;
  }

  /** How many there are, in use or free. */
  get count(): number {
    return this.#count;
  }

  /** A free memory that is large enough, or a new one in the place of one that is too small. */
  take(bytes: number): SharedArrayBuffer {
    const at = this.#free.findIndex(({ byteLength }) => byteLength >= bytes);
    const [free] = at === -1 ? [] : this.#free.splice(at, 1);
    if (free) return free;
    const tooSmall = this.#free.pop();
    if (tooSmall) this.#giveUp(tooSmall);
    const memory = new SharedArrayBuffer(bytes);
    this.#count += 1;
    this.#announce(memory);
    return memory;
  }

  /** Nobody writes to it or reads from it any more. */
  giveBack(memory: SharedArrayBuffer): void {
    const freeBytes = this.#free.reduce((sum, { byteLength }) => sum + byteLength, 0);
    const isKept = this.#free.length === 0 || freeBytes + memory.byteLength <= this.#mostFreeBytes;
    if (isKept) this.#free.push(memory);
    else this.#giveUp(memory);
  }

  #giveUp(memory: SharedArrayBuffer): void {
    this.#count -= 1;
    this.#forget(memory);
  }
}
