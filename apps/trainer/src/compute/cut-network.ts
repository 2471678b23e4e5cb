import { type CellChoice, spaceOf } from '@blockwise/dna';
import { type CutOut, cutOut, readSafetensors } from '@blockwise/engine';
import { rowRange } from './feature-groups.ts';
import { groupImages } from './group-images.ts';
import { loadedTeacher } from './loaded-teacher.ts';
import type { SearchData } from './search-data.ts';
import type { TeacherRequest } from './teacher-request.ts';

/** A found network and where its weights are cut out of. */
export interface CutRequest {
  /** Search space in its grammar, or the name of a preset. */
  readonly space: string;
  readonly choices: readonly CellChoice[];
  /** safetensors: the chosen cells' supernets, by block. */
  readonly supernets: readonly Uint8Array[];
  readonly teacher: TeacherRequest;
}

/** The network with its cells' weights, its statistics taken from clean calibration images. */
export async function cutNetwork(
  { space, choices, supernets, teacher }: CutRequest,
  data: SearchData,
  seed: number,
): Promise<CutOut> {
  const { info, calibration } = data;
  const rows = rowRange(0, calibration.length);
  const clean = { augment: 'none', seed: 0 } as const;
  return await cutOut({
    space: spaceOf(space),
    choices,
    supernets: supernets.map((bytes) => readSafetensors(bytes).arrays),
    teacher: await loadedTeacher(teacher),
    classes: info.classes.length,
    seed,
    calibration: {
      x: await groupImages(data, { kind: 'calibration' }, rows, clean),
      count: calibration.length,
    },
  });
}
