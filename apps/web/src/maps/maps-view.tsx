'use client';

import type { CellDetailFragment } from '@blockwise/client';
import { GitCompareArrows } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { isAtLeast, useRole } from '../account/rights.ts';
import { useViewer } from '../account/viewer.tsx';
import { ChartFrame } from '../charts/chart-frame.tsx';
import { SampleGrid } from '../classify/sample-grid.tsx';
import { useSamples } from '../classify/use-samples.ts';
import { cellsOf } from '../search/names.ts';
import { useSearch } from '../search/search-frame.tsx';
import { useNames } from '../search/use-names.ts';
import { Button } from '../ui/button.tsx';
import { Segments, Select } from '../ui/fields.tsx';
import { formatExact } from '../ui/format.ts';
import { Empty, Panel, Skeleton } from '../ui/page.tsx';
import { BothLosses } from './both-losses.tsx';
import { ChannelGrid } from './channel-grid.tsx';
import { ChannelView, type Spot } from './channel-view.tsx';
import { ErrorBars } from './error-bars.tsx';
import { InputImage } from './input-image.tsx';
import { LossPanel, type ShownPath } from './loss-panel.tsx';
import { MapsState } from './maps-state.tsx';
import styles from './maps-view.module.css';
import { PathChooser } from './path-chooser.tsx';
import { pictureTable } from './picture-table.ts';
import { useMapsView } from './use-maps-view.ts';
import { usePathOfRank } from './use-path-rating.ts';
import { usePicture } from './use-picture.ts';
import { type ShownMaps, useShownMaps } from './use-shown-maps.ts';

/** The maps of a block, of teacher and student, for an image: whether and where the student is like its teacher. */
export function MapsView() {
  const say = useTranslations('maps');
  const common = useTranslations('common');
  const { search } = useSearch();
  const [view] = useMapsView();
  const cells = cellsOf(search);
  const won = search.networks[0]?.choices[0];
  const cell =
    cells.find(({ block, index }) => view.cell === `${block}.${index}`) ??
    cells.find(({ block, index }) => won?.block === block && won.cell === index) ??
    cells[0];
  if (search.state !== 'COMPLETE' || cell?.best == null) {
    const isEnded = search.state === 'FAILED' || search.state === 'CANCELLED';
    return (
      <Panel title={say('title')}>
        <p>{say('about')}</p>
        <Empty>
          {isEnded
            ? say('ended', { state: common(`state.${search.state}`) })
            : say('notYet', {
                now: search.phase
                  ? common(`phase.${search.phase}`)
                  : common(`state.${search.state}`),
              })}
        </Empty>
      </Panel>
    );
  }
  return <CellMaps cell={cell} best={cell.best.path} />;
}

function CellMaps({ cell, best }: { cell: CellDetailFragment; best: string }) {
  const say = useTranslations('maps');
  const common = useTranslations('common');
  const names = useNames();
  const { search } = useSearch();
  const { viewer } = useViewer();
  const role = useRole(search.team.id);
  const mayRequest = viewer === undefined ? undefined : isAtLeast(role, 'MEMBER');
  const [view, setView] = useMapsView();
  const samples = useSamples(search.id, true);
  const pathOfRank = usePathOfRank(cell.id);
  const classes = search.dataset?.classes ?? [];
  const isPath = (path: string | null): path is string =>
    path !== null &&
    path.length === cell.layers &&
    [...path].every((digit) => Number.parseInt(digit, 36) < cell.ops.length);
  const path = isPath(view.path) ? view.path : best;
  const beside = isPath(view.beside) ? view.beside : undefined;
  const own = useShownMaps({ cell, path, sample: view.sample, mayRequest });
  const other = useShownMaps({ cell, path: beside, sample: view.sample, mayRequest });
  const [nameA, nameB] = [say('pathA'), say('pathB')];
  const shown = asShown(own, beside === undefined ? say('student') : nameA);
  const shownBeside = beside === undefined ? undefined : asShown(other, nameB);
  const paths = formatExact(cell.candidateCount);

  const compare = async () => {
    const next = await pathOfRank(path === best ? 2 : 1);
    if (next !== undefined) void setView({ beside: next });
  };
  return (
    <>
      <Panel
        title={say('title')}
        aside={
          <Select
            label={say('cell')}
            value={`${cell.block}.${cell.index}`}
            options={cellsOf(search)
              .filter((each) => each.best != null)
              .map((each) => ({
                value: `${each.block}.${each.index}`,
                name: names.cell(each),
              }))}
            onChange={(next) =>
              void setView({ cell: next, path: null, beside: null, channel: null })
            }
          />
        }
      >
        <p className={styles.about}>{say('about')}</p>
        <section className={styles.images} aria-label={say('image.title')}>
          {samples ? (
            <>
              <p className={styles.about}>{say('image.about', { count: samples.count })}</p>
              <div className={styles.thumbnails}>
                <SampleGrid
                  samples={samples}
                  classes={classes}
                  guesses={noGuesses}
                  chosen={view.sample}
                  onChoose={(sample) => void setView({ sample })}
                />
              </div>
            </>
          ) : (
            <Skeleton lines={3} label={common('loading')} />
          )}
        </section>
        <div className={styles.paths}>
          <PathChooser
            name={beside === undefined ? say('path.title') : nameA}
            cell={cell}
            path={path}
            onPath={(next) => void setView({ path: next === best ? null : next })}
          />
          {beside === undefined ? (
            <div>
              <Button icon={<GitCompareArrows aria-hidden />} onPress={() => void compare()}>
                {say('compare')}
              </Button>
            </div>
          ) : (
            <PathChooser
              name={nameB}
              cell={cell}
              path={beside}
              onPath={(next) => void setView({ beside: next })}
              onRemove={() =>
                void setView({ beside: null, order: view.order === 'gap' ? null : view.order })
              }
            />
          )}
        </div>
      </Panel>
      <Panel title={say('loss.heading')}>
        <div className={styles.losses} data-old={own.isOld || undefined}>
          {shown ? (
            <LossPanel shown={shown} paths={paths} />
          ) : (
            <MapsState
              maps={own.maps}
              onChoose={(next) => void setView({ path: next.path, sample: next.samples[0] ?? 0 })}
            />
          )}
          {beside !== undefined &&
            (shownBeside ? (
              <LossPanel shown={shownBeside} paths={paths} />
            ) : (
              <MapsState
                maps={other.maps}
                onChoose={(next) =>
                  void setView({ beside: next.path, sample: next.samples[0] ?? 0 })
                }
              />
            ))}
        </div>
        {shown && shownBeside && <BothLosses a={shown} b={shownBeside} />}
        <p className={styles.about}>{say('loss.about')}</p>
      </Panel>
      {shown && (
        <ChannelPanel
          name={`${names.cell(cell)} ${path}${beside ? ` ${beside}` : ''} ${view.sample}`}
          shown={shown}
          beside={shownBeside}
          isOld={own.isOld}
          image={(spot) =>
            samples && (
              <InputImage
                samples={samples}
                sample={shown.maps.row.samples[0] ?? 0}
                classes={classes}
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

const noGuesses: ReadonlyMap<number, number> = new Map();

function asShown(own: ShownMaps, name: string): ShownPath | undefined {
  if (own.made === undefined) return undefined;
  return { name, maps: own.made.maps, errors: own.made.errors, rating: own.rating };
}

function ChannelPanel({
  name,
  shown,
  beside,
  isOld,
  image,
}: {
  name: string;
  shown: ShownPath;
  beside: ShownPath | undefined;
  isOld: boolean;
  /** The image, with where a place of the maps lies in it. */
  image: (spot: Spot | undefined) => ReactNode;
}) {
  const say = useTranslations('maps');
  const [view, setView] = useMapsView();
  const order = view.order === 'gap' && beside === undefined ? 'channel' : view.order;
  const picture = usePicture(shown, beside, order, view.scale);
  const channel =
    view.channel !== null && picture.order.includes(view.channel)
      ? view.channel
      : (picture.order[0] ?? 0);
  const choose = (next: number) => void setView({ channel: next });
  const orders = [
    'channel',
    'error',
    'own',
    'energy',
    ...(beside ? (['gap'] as const) : []),
  ] as const;
  return (
    <Panel title={say('channels')}>
      <div data-old={isOld || undefined} className={styles.picture}>
        <ChartFrame
          name={name}
          table={() => pictureTable(picture, say)}
          aside={
            <>
              <Select
                label={say('order.label')}
                value={order}
                options={orders.map((value) => ({ value, name: say(`order.${value}`) }))}
                onChange={(next) => void setView({ order: next, channel: null })}
              />
              <Segments
                label={say('scale.label')}
                value={view.scale}
                options={[
                  { value: 'shared', name: say('scale.shared') },
                  { value: 'channel', name: say('scale.channel') },
                ]}
                onChange={(scale) => void setView({ scale })}
              />
            </>
          }
        >
          <div className={styles.parts}>
            <ChannelView picture={picture} channel={channel} image={image} />
            <ErrorBars picture={picture} chosen={channel} onChoose={choose} />
            <ChannelGrid picture={picture} chosen={channel} onChoose={choose} />
          </div>
        </ChartFrame>
      </div>
    </Panel>
  );
}
