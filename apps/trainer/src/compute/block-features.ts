import { FeatureReader, featureFile } from '../features/feature-files.ts';
import { type Draws, type FeatureGroup, groupName } from './feature-groups.ts';
import { groupImages } from './group-images.ts';
import { loadedTeacher } from './loaded-teacher.ts';
import type { SearchData } from './search-data.ts';
import { type TeacherRequest, teacherCuts } from './teacher-request.ts';

/** What enters a block and what leaves it, of `count` rows: NHWC, row-major. */
export interface BlockBatch {
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly count: number;
}

export interface BlockFeaturesOptions {
  readonly data: SearchData;
  readonly teacher: TeacherRequest;
  /** 0-based. Block 0 is entered by the image itself. */
  readonly block: number;
  readonly draws: Draws;
  /** Folder of stored features, or null: the teacher computes them for every batch. */
  readonly folder: string | null;
}

/** The teacher's features before and after one block. */
export class BlockFeatures {
  readonly #options: BlockFeaturesOptions;
  readonly #readers = new Map<string, FeatureReader>();

  constructor(options: BlockFeaturesOptions) {
    this.#options = options;
  }

  async read(group: FeatureGroup, rows: ArrayLike<number>): Promise<BlockBatch> {
    const { data, draws, block, folder, teacher } = this.#options;
    const count = rows.length;
    const after = block + 1;
    if (folder !== null) {
      const x =
        block === 0 ? groupImages(data, group, rows, draws) : this.#stored(group, block).read(rows);
      return { x, y: this.#stored(group, after).read(rows), count };
    }
    const images = groupImages(data, group, rows, draws);
    const cuts = block === 0 ? [after] : [block, after];
    const features = await loadedTeacher(teacher).features(images, count, cuts);
    const [x, y] = block === 0 ? [images, features[0]] : features;
    if (!x || !y) throw new Error('the teacher left a cut point out');
    return { x, y, count };
  }

  close(): void {
    for (const reader of this.#readers.values()) reader.close();
    this.#readers.clear();
  }

  #stored(group: FeatureGroup, cut: number): FeatureReader {
    const { folder, teacher } = this.#options;
    if (folder === null) throw new Error('no features are stored');
    const file = featureFile(folder, groupName(group), cut);
    const open = this.#readers.get(file);
    if (open) return open;
    const shape = teacherCuts(teacher)[cut];
    if (!shape) throw new Error(`the teacher has no cut point ${cut}`);
    const reader = new FeatureReader(file, shape.size * shape.size * shape.channels);
    this.#readers.set(file, reader);
    return reader;
  }
}
