import {
  type LayersModelFile,
  packLayersModel,
  readSafetensors,
  writeSafetensors,
} from '@blockwise/engine';

/** A LayersModel as one file that also says after which layers its blocks end. */
export function layersModelArtifact(file: LayersModelFile, cuts: readonly string[]): Uint8Array {
  const { arrays, metadata } = readSafetensors(packLayersModel(file));
  return writeSafetensors(arrays, { ...metadata, cuts: JSON.stringify(cuts) });
}

/** The cut layers of {@link layersModelArtifact}, the stem's first. */
export function cutLayersOf(artifact: Uint8Array): string[] {
  const { cuts } = readSafetensors(artifact).metadata;
  if (cuts === undefined) throw new Error('a stored LayersModel does not say where its blocks end');
  return JSON.parse(cuts) as string[];
}

/** Learnable numbers: moving statistics are none. */
export function layersModelParams({ weights }: LayersModelFile): number {
  return [...weights]
    .filter(([name]) => !/\/moving_(mean|variance)$/.test(name))
    .reduce((sum, [, { data }]) => sum + data.length, 0);
}
