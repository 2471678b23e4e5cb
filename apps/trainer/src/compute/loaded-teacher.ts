import { networkOf } from '@blockwise/dna';
import {
  type FeatureTeacher,
  LayersModelTeacher,
  readSafetensors,
  Teacher,
  unpackLayersModel,
} from '@blockwise/engine';
import { cutLayersOf } from './layers-model-artifact.ts';
import { type TeacherRequest, teacherKey } from './teacher-request.ts';

/** The last teacher of this thread: jobs of one search follow each other. */
let loaded: { readonly key: string; readonly teacher: FeatureTeacher } | null = null;

/** The teacher, ready to compute. It stays on the engine until another one is asked for. */
export async function loadedTeacher(request: TeacherRequest): Promise<FeatureTeacher> {
  const key = teacherKey(request);
  if (loaded?.key !== key) {
    loaded?.teacher.dispose();
    loaded = null;
    loaded = { key, teacher: await open(request) };
  }
  return loaded.teacher;
}

async function open({ kind, architecture, classes, imageSize, weights }: TeacherRequest) {
  return kind === 'layersModel'
    ? await LayersModelTeacher.load({
        file: unpackLayersModel(weights),
        cuts: cutLayersOf(weights),
        imageSize,
      })
    : Teacher.fromWeights({
        network: networkOf(architecture),
        classes,
        imageSize,
        weights: readSafetensors(weights).arrays,
      });
}
