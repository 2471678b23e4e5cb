import path from 'node:path';
import { LayersModelTeacher, readLayersModel } from '@blockwise/engine';
import { layersModelArtifact, layersModelParams } from './layers-model-artifact.ts';
import { type MadeTeacher, testWherePossible } from './made-teacher.ts';
import type { SearchData } from './search-data.ts';

/**
 * A TensorFlow.js LayersModel as a teacher.
 *
 * @param check is shown feature maps and classes before anything is computed
 * @throws DomainError WEIGHTS_NOT_FOUND, WEIGHTS_MISMATCH; BAD_INPUT for layers that are not there
 */
export async function teacherOfLayersModel(
  { file, cuts }: { readonly file: string; readonly cuts: readonly string[] },
  data: SearchData,
  check: (cuts: MadeTeacher['cuts'], classes: number | null) => void,
): Promise<MadeTeacher> {
  const model = await readLayersModel(file);
  const teacher = await LayersModelTeacher.load({ file: model, cuts, imageSize: data.info.size });
  try {
    check(teacher.cuts, teacher.classes);
    return {
      // Models are saved as `<name>/model.json`.
      architecture: path.basename(path.dirname(path.resolve(file))),
      params: layersModelParams(model),
      macs: null,
      cuts: teacher.cuts.map(({ size, channels }) => ({ size, channels })),
      ...(await testWherePossible(teacher, data)),
      weights: layersModelArtifact(model, cuts),
    };
  } finally {
    teacher.dispose();
  }
}
