import { join } from 'node:path';
import type { LoadOptions } from '../dataset.ts';
import { eachAtOnce } from '../each-at-once.ts';
import type { FolderIndex } from './folder-index.ts';
import type { FolderLayout } from './listing.ts';
import { type KnownClass, type LookedAtClass, lookAtClass } from './look-at-class.ts';
import { filesOfClass, packFiles } from './part-files.ts';

export interface FolderLook extends LoadOptions {
  readonly lookedAt: number;
  readonly everyFile: boolean;
  readonly settledBefore: number;
}

/** Folders looked at at once; each reads several files at once. */
const foldersAtOnce = 4;

/** Looks at all class folders of both parts; what `stored` knows and has not changed is not read again. */
export async function lookAtFolder(
  { root, classes, testPart }: FolderLayout,
  stored: FolderIndex | null,
  { lookedAt, everyFile, settledBefore, signal, onProgress }: FolderLook,
): Promise<{ index: FolderIndex; changed: boolean; unsettled: boolean }> {
  const known = knownClasses(stored);
  const looks: LookedAtClass[] = new Array(2 * classes.length);
  let done = 0;
  let total = stored === null ? 0 : stored.train.sizes.length + stored.test.sizes.length;
  await eachAtOnce(
    looks.length,
    foldersAtOnce,
    async (i) => {
      const part = i < classes.length ? 'train' : testPart;
      const name = classes[i % classes.length] as string;
      const options = { known: known(part, name), settledBefore, everyFile, signal };
      const look = await lookAtClass(join(root, part, name), options);
      looks[i] = look;
      done += look.files.length;
      total = Math.max(total, done);
      onProgress?.({ done, total, what: 'files indexed' });
    },
    signal,
  );
  const pack = (part: string, some: LookedAtClass[]) =>
    packFiles(
      part,
      classes,
      some.map(({ files }) => files),
    );
  const index = {
    ...{ root, classes, lookedAt },
    train: pack('train', looks.slice(0, classes.length)),
    test: pack(testPart, looks.slice(classes.length)),
    folderTimes: Float64Array.from(looks, ({ time }) => time),
  };
  return {
    index,
    changed: stored?.classes.join('/') !== classes.join('/') || looks.some((look) => look.changed),
    unsettled: looks.some((look) => look.unsettled),
  };
}

/** What a stored index knows of a class folder, under whatever label it had. */
function knownClasses(
  stored: FolderIndex | null,
): (part: string, name: string) => KnownClass | null {
  if (stored === null) return () => null;
  const labels = new Map(stored.classes.map((name, label) => [name, label]));
  return (part, name) => {
    const label = labels.get(name);
    if (label === undefined) return null;
    const isTrain = part === stored.train.part;
    const at = isTrain ? label : label + stored.classes.length;
    return {
      files: filesOfClass(isTrain ? stored.train : stored.test, label),
      time: stored.folderTimes[at] as number,
    };
  };
}
