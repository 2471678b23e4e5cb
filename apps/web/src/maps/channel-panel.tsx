'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { ChartFrame } from '../charts/chart-frame.tsx';
import { Segments, Select } from '../ui/fields.tsx';
import { Panel } from '../ui/page.tsx';
import { ChannelGrid } from './channel-grid.tsx';
import styles from './channel-panel.module.css';
import { ChannelView, type Spot } from './channel-view.tsx';
import { ErrorBars } from './error-bars.tsx';
import type { ShownPath } from './loss-panel.tsx';
import { pictureTable } from './picture-table.ts';
import { useMapsView } from './use-maps-view.ts';
import { usePicture } from './use-picture.ts';

/** The picture: every channel small, the chosen one large, and how the errors are spread over them. */
export function ChannelPanel({
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
