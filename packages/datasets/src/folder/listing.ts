import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { datasetNotFound, systemErrorCode } from '../not-found.ts';

export interface ListedFile {
  /** Relative to the data folder, with `/` on every system: `train/cat/0001.jpg`. */
  readonly file: string;
  /** Position in the class list. */
  readonly label: number;
}

/** Which folders there are. */
export interface FolderLayout {
  /** Absolute path of the data folder. */
  readonly root: string;
  /** Names of the class folders, sorted by code units. */
  readonly classes: string[];
  readonly testPart: (typeof testParts)[number];
}

export interface FolderListing extends FolderLayout {
  /** Sorted by class, then by file name (code units). */
  readonly train: ListedFile[];
  readonly test: ListedFile[];
}

/** Names of the folder with test images; the first that exists is taken. */
const testParts = ['test', 'val', 'validation'] as const;
const imageExtension = /\.(jpe?g|png|webp)$/i;

/**
 * Lists an image folder, `train/<class>/*` and `test/<class>/*` (or `val`, `validation`), without
 * opening an image. Hidden entries and files with another extension are ignored.
 *
 * @throws DomainError DATASET_NOT_FOUND at `dataset.path` when the layout is not there
 */
export async function listImageFolder(path: string): Promise<FolderListing> {
  const layout = await folderLayout(path);
  const { root, classes, testPart } = layout;
  const train = await listPart(root, 'train', classes);
  const test = await listPart(root, testPart, classes);
  return { ...layout, train, test };
}

/**
 * The first half of `listImageFolder`: class folders, not what is in them.
 *
 * @throws DomainError DATASET_NOT_FOUND at `dataset.path` when the layout is not there
 */
export async function folderLayout(path: string): Promise<FolderLayout> {
  const root = resolve(path);
  const parts = await folderNames(root);
  if (!parts.includes('train')) throw datasetNotFound(`${root} has no folder train/`);
  const testPart = testParts.find((name) => parts.includes(name));
  if (testPart === undefined) {
    throw datasetNotFound(`${root} has no folder ${testParts.join('/, ')}/ beside train/`);
  }
  const classes = await classNames(root, 'train');
  const testClasses = await classNames(root, testPart);
  refuseDifference(root, testPart, classes, testClasses);
  return { root, classes, testPart };
}

/**
 * Names of the images in a class folder, sorted by code units.
 *
 * @throws DomainError DATASET_NOT_FOUND at `dataset.path` when there are none
 */
export async function imageNames(folder: string): Promise<string[]> {
  const names = (await entries(folder))
    .filter((entry) => !entry.isDirectory() && imageExtension.test(entry.name))
    .map((entry) => entry.name);
  if (names.length === 0) throw datasetNotFound(`${folder} has no JPEG, PNG or WebP files`);
  return names;
}

async function classNames(root: string, part: string): Promise<string[]> {
  const names = await folderNames(join(root, part));
  if (names.length === 0) {
    throw datasetNotFound(`${join(root, part)} has no class folders: ${part}/<class>/<image>`);
  }
  if (names.length === 1) {
    throw datasetNotFound(`${join(root, part)} has one class folder only; at least two are needed`);
  }
  return names;
}

function refuseDifference(root: string, part: string, train: string[], test: string[]): void {
  const missing = train.filter((name) => !test.includes(name));
  const extra = test.filter((name) => !train.includes(name));
  if (missing.length === 0 && extra.length === 0) return;
  const words = [
    ...(missing.length > 0 ? [`${part}/ lacks ${enumerate(missing)}`] : []),
    ...(extra.length > 0 ? [`train/ lacks ${enumerate(extra)}`] : []),
  ];
  throw datasetNotFound(
    `the classes of train/ and ${part}/ in ${root} differ: ${words.join('; ')}`,
  );
}

async function listPart(root: string, part: string, classes: string[]): Promise<ListedFile[]> {
  const files: ListedFile[] = [];
  for (const [label, name] of classes.entries()) {
    for (const image of await imageNames(join(root, part, name)))
      files.push({ file: `${part}/${name}/${image}`, label });
  }
  return files;
}

/** Folders, and links to folders. */
async function folderNames(path: string): Promise<string[]> {
  const names: string[] = [];
  for (const entry of await entries(path)) {
    const isFolder =
      entry.isDirectory() ||
      (entry.isSymbolicLink() && (await isFolderLink(join(path, entry.name))));
    if (isFolder) names.push(entry.name);
  }
  return names;
}

async function isFolderLink(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return false;
    throw error;
  }
}

/** What a folder holds, hidden entries left out, sorted by code units of the name. */
async function entries(path: string): Promise<Dirent[]> {
  const found = await readFolder(path);
  return found
    .filter((entry) => !entry.name.startsWith('.'))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

async function readFolder(path: string): Promise<Dirent[]> {
  try {
    return await readdir(path, { withFileTypes: true });
  } catch (error) {
    switch (systemErrorCode(error)) {
      case 'ENOENT':
        throw datasetNotFound(`the folder ${path} does not exist`, error);
      case 'ENOTDIR':
        throw datasetNotFound(`${path} is not a folder`, error);
      case 'EACCES':
        throw datasetNotFound(`the folder ${path} may not be read`, error);
      default:
        throw error;
    }
  }
}

function enumerate(names: string[]): string {
  const shown = names.slice(0, 5).join(', ');
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}
