/** Bytes of a file's digest: the first half of its SHA-256. */
export const digestBytes = 16;

/** A file as it was when it was indexed. */
export interface IndexedFile {
  readonly name: string;
  /** Bytes; -1 for a file that could not be read (a dangling link). */
  readonly size: number;
  /** Time of change, milliseconds since the Unix epoch. */
  readonly time: number;
  /** [16] the first half of the content's SHA-256; zeros for a file that could not be read. */
  readonly digest: Uint8Array;
}

/**
 * The files of one part, by class and then by name (code units): n of them. Packed into a few
 * arrays of shared memory, since a part may have millions of files and every thread reads them.
 */
export interface PartFiles {
  /** Name of the part's folder. */
  readonly part: string;
  /** Names of the class folders. */
  readonly classes: readonly string[];
  /** [classes + 1]; positions of each class: from its own start to the next one's. */
  readonly classStarts: Uint32Array;
  /** [n + 1]; where each name begins in `names`. */
  readonly nameStarts: Uint32Array;
  /** UTF-8. */
  readonly names: Uint8Array;
  /** [n] */
  readonly sizes: Float64Array;
  /** [n] */
  readonly times: Float64Array;
  /** [n, 16] */
  readonly digests: Uint8Array;
}

/** How much room a part takes. */
export interface PartExtent {
  readonly part: string;
  readonly count: number;
  readonly nameBytes: number;
}

export function fileCount({ sizes }: PartFiles): number {
  return sizes.length;
}

/** Memory for a part's files, not yet filled. */
export function allocatePart(
  { part, count, nameBytes }: PartExtent,
  classes: readonly string[],
): PartFiles {
  const shared = (bytes: number) => new SharedArrayBuffer(bytes);
  return {
    part,
    classes,
    classStarts: new Uint32Array(shared(4 * (classes.length + 1))),
    nameStarts: new Uint32Array(shared(4 * (count + 1))),
    names: new Uint8Array(shared(nameBytes)),
    sizes: new Float64Array(shared(8 * count)),
    times: new Float64Array(shared(8 * count)),
    digests: new Uint8Array(shared(digestBytes * count)),
  };
}

/** @param folders the files of each class, sorted by name */
export function packFiles(
  part: string,
  classes: readonly string[],
  folders: readonly (readonly IndexedFile[])[],
): PartFiles {
  const count = folders.reduce((sum, files) => sum + files.length, 0);
  let nameBytes = 0;
  for (const files of folders) {
    for (const { name } of files) nameBytes += Buffer.byteLength(name);
  }
  const packed = allocatePart({ part, count, nameBytes }, classes);
  let position = 0;
  let at = 0;
  folders.forEach((files, label) => {
    packed.classStarts[label] = position;
    for (const { name, size, time, digest } of files) {
      const bytes = Buffer.from(name);
      packed.names.set(bytes, at);
      packed.nameStarts[position] = at;
      packed.sizes[position] = size;
      packed.times[position] = time;
      packed.digests.set(digest, position * digestBytes);
      at += bytes.length;
      position += 1;
    }
  });
  packed.classStarts[classes.length] = position;
  packed.nameStarts[count] = at;
  return packed;
}

/** The files of one class, unpacked. */
export function filesOfClass(packed: PartFiles, label: number): IndexedFile[] {
  const [from, to] = classRange(packed, label);
  return Array.from({ length: to - from }, (_, i) => ({
    name: nameAt(packed, from + i),
    size: packed.sizes[from + i] as number,
    time: packed.times[from + i] as number,
    digest: digestAt(packed, from + i),
  }));
}

/** Positions of a class: from the first, up to the second exclusive. */
export function classRange({ classStarts }: PartFiles, label: number): [number, number] {
  return [classStarts[label] as number, classStarts[label + 1] as number];
}

/** Relative to the data folder, with `/` on every system: `train/cat/0001.jpg`. */
export function fileAt(packed: PartFiles, position: number, label: number): string {
  return `${packed.part}/${packed.classes[label]}/${nameAt(packed, position)}`;
}

/** [16] */
export function digestAt({ digests }: PartFiles, position: number): Uint8Array {
  return digests.subarray(position * digestBytes, (position + 1) * digestBytes);
}

function nameAt({ names, nameStarts }: PartFiles, position: number): string {
  const [start, end] = [nameStarts[position] as number, nameStarts[position + 1] as number];
  return Buffer.from(names.buffer, names.byteOffset + start, end - start).toString();
}
