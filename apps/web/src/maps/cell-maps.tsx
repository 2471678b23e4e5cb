'use client';

import type { CellDetailFragment, FeatureMapsDetailFragment } from '@blockwise/client';
import { useTranslations } from 'next-intl';
import { isAtLeast, useRole } from '../account/rights.ts';
import { useViewer } from '../account/viewer.tsx';
import { useSamples } from '../classify/use-samples.ts';
import { useSearch } from '../search/search-frame.tsx';
import { useNames } from '../search/use-names.ts';
import { formatExact } from '../ui/format.ts';
import { Panel } from '../ui/page.tsx';
import { BothLosses } from './both-losses.tsx';
import styles from './cell-maps.module.css';
import { ChannelPanel } from './channel-panel.tsx';
import { ChoicePanel } from './choice-panel.tsx';
import { InputImage } from './input-image.tsx';
import { LossPanel, type ShownPath } from './loss-panel.tsx';
import { MapsState } from './maps-state.tsx';
import { useMapsView } from './use-maps-view.ts';
import { type ShownMaps, useShownMaps } from './use-shown-maps.ts';

/** The maps of a cell's paths: what is chosen, how near the student is, and the picture. */
export function CellMaps({ cell, best }: { cell: CellDetailFragment; best: string }) {
  const say = useTranslations('maps');
  const names = useNames();
  const { search } = useSearch();
  const { viewer } = useViewer();
  const role = useRole(search.team.id);
  const mayRequest = viewer === undefined ? undefined : isAtLeast(role, 'MEMBER');
  const [view, setView] = useMapsView();
  const { sample } = view;
  const read = useSamples(search.id, true);
  const path = isPathOf(cell, view.path) ? view.path : best;
  const beside = isPathOf(cell, view.beside) ? view.beside : undefined;
  const own = useShownMaps({ cell, path, sample, mayRequest });
  const other = useShownMaps({ cell, path: beside, sample, mayRequest });
  const shown = asShown(own, beside === undefined ? say('student') : say('pathA'));
  const shownBeside =
    beside === undefined ? undefined : asBeside(asShown(other, say('pathB')), shown);
  const isOld = own.isOld || (shownBeside !== undefined && other.isOld);
  const paths = formatExact(cell.candidateCount);
  const choose = (key: 'path' | 'beside') => (stored: FeatureMapsDetailFragment) =>
    void setView({ [key]: stored.path, sample: stored.samples[0] ?? 0 });
  return (
    <>
      <ChoicePanel cell={cell} best={best} path={path} beside={beside} read={read} />
      {read.samples !== null && (
        <Panel title={say('loss.heading')}>
          <div className={styles.losses} data-old={(shown && isOld) || undefined}>
            {shown ? (
              <LossPanel shown={shown} paths={paths} />
            ) : (
              <MapsState maps={own.maps} onChoose={choose('path')} />
            )}
            {beside !== undefined &&
              (shownBeside ? (
                <LossPanel shown={shownBeside} paths={paths} />
              ) : (
                <MapsState maps={other.maps} onChoose={choose('beside')} />
              ))}
          </div>
          {shown && shownBeside && <BothLosses a={shown} b={shownBeside} />}
          <p className={styles.about}>{say('loss.about')}</p>
        </Panel>
      )}
      {shown && (
        <ChannelPanel
          name={[names.cell(cell), path, beside, sample]
            .filter((part) => part !== undefined)
            .join(' ')}
          shown={shown}
          beside={shownBeside}
          isOld={isOld}
          image={(spot) =>
            read.samples && (
              <InputImage
                samples={read.samples}
                sample={shown.maps.row.samples[0] ?? 0}
                classes={search.dataset?.classes ?? []}
                spot={spot}
                mapSize={shown.maps.teacher.size}
              />
            )
          }
        />
      )}
    </>
  );
}

/** Whether a text of an address is a path of the cell. */
function isPathOf({ layers, ops }: CellDetailFragment, path: string | null): path is string {
  return (
    path?.length === layers && [...path].every((digit) => Number.parseInt(digit, 36) < ops.length)
  );
}

function asShown({ made, rating }: ShownMaps, name: string): ShownPath | undefined {
  return made && { name, maps: made.maps, errors: made.errors, rating };
}

/** Another path stands beside the first one when both are of the same image. */
function asBeside(other: ShownPath | undefined, shown: ShownPath | undefined) {
  const isSame = other?.maps.row.samples[0] === shown?.maps.row.samples[0];
  return isSame ? other : undefined;
}
