/** A stored byte sequence. Its name is its content: there is no other address. */
export interface StoredArtifact {
  /** SHA-256 of the bytes, 64 lower-case hex digits. */
  readonly sha256: string;
  readonly bytes: number;
}

/** What a stream has to turn out to be. */
export interface ExpectedArtifact {
  readonly sha256: string;
  readonly maxBytes: number;
}

/** An artifact that is read bit by bit. */
export interface ReadArtifact {
  readonly bytes: number;
  /**
   * Ends with DomainError ARTIFACT_MISSING instead of the last piece when the content does not match
   * its hash: whoever passes pieces on has not passed on the whole of something altered.
   */
  readonly pieces: AsyncIterable<Uint8Array>;
}

/** An artifact as it lies in a store. */
export interface ListedArtifact extends StoredArtifact {
  /** When it was put last. */
  readonly storedAt: Date;
}

/**
 * Keeps byte sequences under the SHA-256 of their content. Whatever the implementation:
 *
 * - `put` is atomic: after it resolves the bytes survive a crash; before, nobody sees a part of them.
 * - `put` of the same bytes again is harmless and repairs a damaged copy.
 * - `get` never returns bytes that do not match their hash.
 */
export interface ArtifactStore {
  put(bytes: Uint8Array): Promise<StoredArtifact>;
  /**
   * As `put`, for what arrives bit by bit and says beforehand what it is; a few pieces at most are
   * held in memory.
   *
   * @throws DomainError BAD_INPUT when the content has another hash, or more than `maxBytes`; then
   *   nothing is stored
   */
  putStream(pieces: AsyncIterable<Uint8Array>, expected: ExpectedArtifact): Promise<StoredArtifact>;
  /** @throws DomainError ARTIFACT_MISSING when there are no such bytes, or they were altered */
  get(sha256: string): Promise<Uint8Array<ArrayBuffer>>;
  /**
   * As `get`, for what may be large. A reader who stops early ends the reading.
   *
   * @throws DomainError ARTIFACT_MISSING when there are no such bytes
   */
  read(sha256: string): Promise<ReadArtifact>;
  /** Whether the artifact is there; its content is verified by `get` and `read` only. */
  has(sha256: string): Promise<boolean>;
  /** Everything that is there, in any order; what is put or removed meanwhile may be missing. */
  list(): AsyncIterable<ListedArtifact>;
  /**
   * Removes an artifact, but not one that was put since a moment: whoever has put it counts on it.
   * Answers whether it was removed.
   */
  remove(sha256: string, options: { readonly notSince: Date }): Promise<boolean>;
}
