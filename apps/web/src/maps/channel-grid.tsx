'use client';

import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { ListBox, ListBoxItem } from 'react-aria-components';
import { useSvgDrawing } from '../charts/chart-frame.tsx';
import { useWidth } from '../charts/use-width.ts';
import { Button } from '../ui/button.tsx';
import styles from './channel-grid.module.css';
import { drawPicture } from './draw-picture.ts';
import { MapCanvas } from './map-canvas.tsx';
import { colouringOf, type Picture } from './map-rows.ts';
import { tileSide } from './tile-side.ts';

const gap = 6;
const caption = 18;

/** Every channel as a column of small maps, a page of them at a time; the chosen one is enlarged elsewhere. */
export function ChannelGrid({
  picture,
  chosen,
  onChoose,
}: {
  picture: Picture;
  chosen: number;
  onChoose: (channel: number) => void;
}) {
  const say = useTranslations('maps.grid');
  const legend = useTranslations('maps.legend');
  const [host, width] = useWidth<HTMLDivElement>(1000);
  const { rows, size, errors, order, scaleOf } = picture;
  const isNarrow = width < 640;
  const names = isNarrow ? 34 : 92;
  const side = tileSide(size);
  const columns = Math.max(1, Math.floor((width - names + gap) / (side + gap)));
  const bands = Math.max(2, Math.round((isNarrow ? 15 : 12) / rows.length));
  const perPage = columns * bands;
  const page = Math.floor(Math.max(0, order.indexOf(chosen)) / perPage);
  const shown = order.slice(page * perPage, (page + 1) * perPage);
  const last = Math.ceil(order.length / perPage) - 1;
  const bandHeight = caption + rows.length * (side + 2) + gap;
  const goTo = (next: number) => onChoose(order[next * perPage] ?? chosen);

  useSvgDrawing(() =>
    drawPicture(picture, {
      channel: say('channelShort'),
      maps: legend('maps'),
      difference: legend('difference'),
    }),
  );
  return (
    <div ref={host} className={styles.grid}>
      <div className={styles.names} style={{ width: names }} aria-hidden>
        {Array.from({ length: Math.ceil(shown.length / columns) }, (_, band) => (
          <div key={band} style={{ height: bandHeight, paddingTop: caption }}>
            {rows.map(({ key, name, shortName }) => (
              <span key={key} style={{ height: side + 2 }} title={name}>
                {isNarrow ? shortName : name}
              </span>
            ))}
          </div>
        ))}
      </div>
      <ListBox
        aria-label={say('label')}
        layout="grid"
        selectionMode="single"
        selectionBehavior="replace"
        disallowEmptySelection
        selectedKeys={[chosen]}
        onSelectionChange={(keys) => {
          if (keys !== 'all') for (const key of keys) onChoose(Number(key));
        }}
        className={styles.channels}
        style={{ gridTemplateColumns: `repeat(${columns}, ${side}px)`, gap: `0 ${gap}px` }}
      >
        {shown.map((channel) => (
          <ListBoxItem
            key={channel}
            id={channel}
            textValue={say('channel', {
              channel: String(channel),
              error: (errors[channel]?.error ?? 0).toPrecision(2),
            })}
            className={styles.channel}
            style={{ height: bandHeight }}
          >
            <span className={styles.caption} style={{ height: caption }}>
              <span>{channel}</span>
              <span className={styles.error}>{(errors[channel]?.error ?? 0).toFixed(2)}</span>
            </span>
            {rows.map(({ key, maps, kind }) => (
              <span key={key} className={styles.tile}>
                <MapCanvas
                  maps={maps}
                  channel={channel}
                  colouring={colouringOf(kind, scaleOf(channel))}
                  side={side}
                />
              </span>
            ))}
          </ListBoxItem>
        ))}
      </ListBox>
      {last > 0 && (
        <nav className={styles.pages} aria-label={say('pages')}>
          <Button
            tone="quiet"
            aria-label={say('before')}
            icon={<ChevronLeft aria-hidden />}
            isDisabled={page === 0}
            onPress={() => goTo(page - 1)}
          />
          <span aria-live="polite">
            {say('shown', {
              from: String(page * perPage + 1),
              to: String(page * perPage + shown.length),
              count: String(order.length),
            })}
          </span>
          <Button
            tone="quiet"
            aria-label={say('after')}
            icon={<ChevronRight aria-hidden />}
            isDisabled={page >= last}
            onPress={() => goTo(page + 1)}
          />
        </nav>
      )}
    </div>
  );
}
