import type { FeatureUse } from '@blockwise/db';

/** Counts what the cache of features does for a task. */
export class FeatureTally {
  #hits = 0;
  #misses = 0;
  #bytesRead = 0;
  #seconds = 0;
  /** What running the teacher for all that was read would have taken. */
  #worth: number | null = 0;

  /** Features of so many images were read from files; null: nobody knows what they took. */
  read(images: number, bytes: number, secondsPerImage: number | null): void {
    this.#hits += images;
    this.#bytesRead += bytes;
    const worth = secondsPerImage === null ? null : images * secondsPerImage;
    this.#worth = this.#worth === null || worth === null ? null : this.#worth + worth;
  }

  /** The teacher was run on so many images. */
  computed(images: number, seconds: number): void {
    this.#misses += images;
    this.#seconds += seconds;
  }

  /** Null when there was nothing to count. */
  get use(): FeatureUse | null {
    if (this.#hits + this.#misses === 0) return null;
    return {
      hits: this.#hits,
      misses: this.#misses,
      bytesRead: this.#bytesRead,
      seconds: this.#seconds,
      savedSeconds: this.#worth === null ? null : this.#worth - this.#seconds,
    };
  }
}

/** Of two parts of an attempt. */
export function sumOfUses(a: FeatureUse, b: FeatureUse): FeatureUse {
  return {
    hits: a.hits + b.hits,
    misses: a.misses + b.misses,
    bytesRead: a.bytesRead + b.bytesRead,
    seconds: a.seconds + b.seconds,
    savedSeconds:
      a.savedSeconds === null || b.savedSeconds === null ? null : a.savedSeconds + b.savedSeconds,
  };
}
