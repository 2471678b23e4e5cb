import type { Loaders } from '../loaders.ts';
import { cachedSpace } from '../space-cache.ts';
import { imagesOf } from './images.ts';
import type { Setting } from './job-work.ts';

/** What a stored search computes with; null before a trainer has read its images and teacher. */
export async function storedSetting(searchId: string, loaders: Loaders): Promise<Setting | null> {
  const [search, dataset, teacher] = await Promise.all([
    loaders.search.load(searchId),
    loaders.dataset.load(searchId),
    loaders.teacher.load(searchId),
  ]);
  if (search === null || dataset === null || teacher === null) return null;
  const { spec } = search;
  const images = imagesOf(spec, { ...dataset, classes: dataset.classes.length });
  return {
    ...{ spec, images, space: cachedSpace(spec.space) },
    cuts: teacher.cuts,
    teacherMacs: teacher.macs ?? 0,
  };
}
