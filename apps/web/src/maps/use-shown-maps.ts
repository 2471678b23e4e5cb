'use client';

import type { CellDetailFragment } from '@blockwise/client';
import { useEffect, useMemo, useState } from 'react';
import { type MapErrors, mapErrors } from './channel-errors.ts';
import { type MadeMaps, type Maps, useMaps } from './use-maps.ts';
import { type PathRating, usePathRating } from './use-path-rating.ts';

export interface ShownMaps {
  readonly maps: Maps;
  /** What is shown: the last maps that were made, while the next ones are being read. */
  readonly made: { readonly maps: MadeMaps; readonly errors: MapErrors } | undefined;
  readonly rating: PathRating | undefined;
  /** True while what is shown is of an earlier choice. */
  readonly isOld: boolean;
}

/** The maps of a path for an image, with their errors and the path's rating; no path has none. */
export function useShownMaps({
  cell,
  path,
  sample,
  mayRequest,
}: {
  cell: CellDetailFragment;
  path: string | undefined;
  sample: number;
  mayRequest: boolean | undefined;
}): ShownMaps {
  const wanted = path === undefined ? undefined : { cell: cell.id, path, sample };
  const maps = useMaps(wanted, mayRequest);
  const rating = usePathRating(cell, path);
  const [last, setLast] = useState<MadeMaps>();
  const now = maps.kind === 'made' ? maps.maps : undefined;
  useEffect(() => {
    if (now !== undefined) setLast(now);
  }, [now]);
  const isReading = maps.kind === 'reading' && path !== undefined && last?.row.cell.id === cell.id;
  const kept = now ?? (isReading ? last : undefined);
  const made = useMemo(
    () => kept && { maps: kept, errors: mapErrors(kept.teacher, kept.student) },
    [kept],
  );
  return { maps, made, rating, isOld: now === undefined };
}
