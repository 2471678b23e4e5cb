'use client';

import { useTranslations } from 'next-intl';
import { useSearch } from '../search/search-frame.tsx';
import { formatExact, formatLoss, formatShare } from '../ui/format.ts';
import { Fact, Facts } from '../ui/page.tsx';
import type { MapErrors } from './channel-errors.ts';
import { DownloadMaps } from './download-maps.tsx';
import styles from './loss-panel.module.css';
import { measureOf } from './measure-of.ts';
import { nearnessOf } from './nearness.ts';
import type { MadeMaps } from './use-maps.ts';
import type { PathRating } from './use-path-rating.ts';

/** A path with its maps of one image, and what is known of it besides. */
export interface ShownPath {
  readonly name: string;
  readonly maps: MadeMaps;
  readonly errors: MapErrors;
  readonly rating: PathRating | undefined;
}

/** How near each student is, in a sentence and in numbers: of this image, and of the whole rating set. */
export function LossPanel({ shown, paths }: { shown: ShownPath; paths: string }) {
  const say = useTranslations('maps.loss');
  const { search } = useSearch();
  const { name, maps, errors, rating } = shown;
  const measure = measureOf(search.spec);
  const { share, word } = nearnessOf(errors.loss, errors.flatLoss);
  return (
    <section className={styles.loss} aria-label={say('title', { name })}>
      <p>
        <strong>{say(`word.${word}`, { name })}</strong>{' '}
        {say('misses', { loss: formatShare(errors.loss), flat: formatShare(errors.flatLoss) })}{' '}
        {share > 0 ? say('saves', { share: formatShare(share) }) : say('savesNothing')}
      </p>
      <Facts>
        <Fact name={say('image')} note={say(`measure.${measure}`)}>
          {formatLoss(maps.row.loss ?? Number.NaN)}
        </Fact>
        <Fact
          name={say('whole')}
          note={rating && say('rank', { rank: formatExact(rating.rank), count: paths })}
        >
          {rating ? formatLoss(rating.loss) : '–'}
          {rating?.error != null && ` ± ${rating.error.toPrecision(2)}`}
        </Fact>
        <Fact name={say('mse')}>{formatLoss(maps.row.mse ?? Number.NaN)}</Fact>
        <Fact name={say('deviation')}>{formatLoss(errors.deviation)}</Fact>
      </Facts>
      <DownloadMaps id={maps.row.id} />
    </section>
  );
}
