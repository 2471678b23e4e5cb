'use client';

import { useTranslations } from 'next-intl';
import { formatShare } from '../ui/format.ts';
import type { ShownPath } from './loss-panel.tsx';
import type { PathRating } from './use-path-rating.ts';

/** Which of two paths is nearer to the teacher, on the image and by the rating. */
export function BothLosses({ a, b }: { a: ShownPath; b: ShownPath }) {
  const say = useTranslations('maps.loss');
  const sentence = (which: 'nearer' | 'rated', lossA: number, lossB: number) => {
    const [near, far] = lossA < lossB ? [a, b] : [b, a];
    const share = 1 - Math.min(lossA, lossB) / Math.max(lossA, lossB);
    return say(which, { near: near.name, far: far.name, share: formatShare(share) });
  };
  return (
    <p>
      {a.errors.loss === b.errors.loss
        ? say('alike')
        : sentence('nearer', a.errors.loss, b.errors.loss)}{' '}
      {a.rating &&
        b.rating &&
        a.rating.loss !== b.rating.loss &&
        sentence('rated', a.rating.loss, b.rating.loss)}{' '}
      {a.rating && b.rating && overlap(a.rating, b.rating) && say('overlap')}
    </p>
  );
}

/** Whether the intervals of two ratings have something in common; without intervals that is not known. */
function overlap(a: PathRating, b: PathRating): boolean {
  return a.error != null && b.error != null && Math.abs(a.loss - b.loss) < a.error + b.error;
}
