import { parseNetwork } from '@blockwise/dna';
import { readSafetensors, Teacher } from '@blockwise/engine';
import type { TeacherRequest } from './teacher-request.ts';

/** The last teacher of this thread: jobs of one search follow each other. */
let loaded: { readonly sha256: string; readonly teacher: Teacher } | null = null;

/** The teacher, ready to compute. It stays on the engine until another one is asked for. */
export function loadedTeacher(request: TeacherRequest): Teacher {
  if (loaded?.sha256 !== request.sha256) {
    loaded?.teacher.dispose();
    loaded = null;
    const { architecture, classes, imageSize, sha256, weights } = request;
    const teacher = Teacher.fromWeights({
      network: parseNetwork(architecture),
      classes,
      imageSize,
      weights: readSafetensors(weights).arrays,
    });
    loaded = { sha256, teacher };
  }
  return loaded.teacher;
}
