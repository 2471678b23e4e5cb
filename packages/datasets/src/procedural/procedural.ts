import { setImmediate } from 'node:timers/promises';
import type { DatasetSource } from '@blockwise/contracts';
import { createRandom } from '@blockwise/dna';
import {
  allocateImages,
  checkExtent,
  type Dataset,
  describeDataset,
  type ImageSet,
  imageBytes,
  type LoadOptions,
} from '../dataset.ts';
import { paintScene, type SceneClass } from './scene.ts';
import { shapeKinds } from './shape.ts';
import { textureKinds } from './texture.ts';

export type ProceduralSource = Extract<DatasetSource, { kind: 'procedural' }>;

/** Counts the generator's revisions: a stored copy of another revision is not taken for this one's. */
export const proceduralVersion = 1;

/** Images painted between two looks at the abort signal. */
const imagesPerTurn = 200;

/**
 * The classes: pairs of a shape and a texture, laid out so that every shape goes with several
 * textures and the reverse: from five classes on, neither tells the class alone.
 */
export function proceduralClasses(count: number): (SceneClass & { readonly name: string })[] {
  return Array.from({ length: count }, (_, label) => {
    const row = Math.floor(label / shapeKinds.length);
    const shape = shapeKinds[label % shapeKinds.length] ?? 'disc';
    const texture = textureKinds[(label + row) % textureKinds.length] ?? 'fine';
    return { shape, texture, name: `${texture}-${shape}` };
  });
}

/**
 * Draws the procedural set. An image depends on (seed, part, its number, class count, size) only:
 * a larger set begins with the images of a smaller one. Classes follow one another in turn.
 */
export async function loadProcedural(
  source: ProceduralSource,
  options: LoadOptions = {},
): Promise<Dataset> {
  const classes = proceduralClasses(source.classes);
  const total = source.classes * (source.trainPerClass + source.testPerClass);
  checkExtent(total, source.size);
  let done = 0;
  const draw = async (part: 'train' | 'test', perClass: number): Promise<ImageSet> => {
    const set = allocateImages(source.classes * perClass, source.size, source.classes);
    for (let i = 0; i < set.count; i++) {
      const label = i % source.classes;
      const random = createRandom('procedural', source.seed, part, i);
      set.labels[i] = label;
      const scene = classes[label] as SceneClass;
      paintScene(scene, random, source.size, set.images, i * imageBytes(source.size));
      if (++done % imagesPerTurn === 0 || done === total) {
        options.onProgress?.({ done, total, what: 'images loaded' });
        await setImmediate();
        options.signal?.throwIfAborted();
      }
    }
    return set;
  };
  const train = await draw('train', source.trainPerClass);
  const test = await draw('test', source.testPerClass);
  const names = classes.map(({ name }) => name);
  return describeDataset(
    { kind: 'procedural', classes: names, testPart: 'generated', rejected: [] },
    train,
    test,
  );
}
