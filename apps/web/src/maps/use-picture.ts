'use client';

import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { type ChannelOrder, orderedChannels } from './channel-errors.ts';
import { differenceOf } from './feature-planes.ts';
import type { ShownPath } from './loss-panel.tsx';
import type { MapRow, Picture } from './map-rows.ts';
import { channelScale, sharedScale } from './map-scale.ts';

/** Rows, order and colours of the picture of one path, or of two beside each other. */
export function usePicture(
  shown: ShownPath,
  beside: ShownPath | undefined,
  order: ChannelOrder,
  scale: 'shared' | 'channel',
): Picture {
  const say = useTranslations('maps.rows');
  return useMemo(() => {
    const { teacher } = shown.maps;
    const students = beside === undefined ? [shown] : [shown, beside];
    const rows = students.flatMap(({ name, maps: { student } }, at): MapRow[] => {
      const letter = beside === undefined ? '' : (['A', 'B'][at] ?? '');
      return [
        { key: `student${at}`, name, shortName: `Ŷ${letter}`, maps: student, kind: 'maps' },
        {
          key: `difference${at}`,
          name: letter === '' ? say('difference') : say('differenceOf', { letter }),
          shortName: `Ŷ${letter}−Y`,
          maps: differenceOf(student, teacher),
          kind: 'difference',
        },
      ];
    });
    const all = [teacher, ...students.map(({ maps }) => maps.student)];
    const shared = sharedScale(all);
    const scales =
      scale === 'shared'
        ? []
        : Array.from({ length: teacher.channels }, (_, channel) => channelScale(all, channel));
    const errors = shown.errors.channels;
    const besideErrors = beside?.errors.channels;
    return {
      rows: [
        { key: 'teacher', name: say('teacher'), shortName: 'Y', maps: teacher, kind: 'maps' },
        ...rows,
      ],
      size: teacher.size,
      errors,
      besideErrors,
      order: orderedChannels(errors, order, besideErrors),
      scaleOf: scale === 'shared' ? () => shared : (channel) => scales[channel] ?? shared,
      sharedScale: scale === 'shared' ? shared : undefined,
    };
  }, [
    shown.maps,
    shown.errors,
    shown.name,
    beside?.maps,
    beside?.errors,
    beside?.name,
    order,
    scale,
    say,
  ]);
}
