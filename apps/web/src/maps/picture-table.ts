import type { useTranslations } from 'next-intl';
import type { TableData } from '../ui/data-table.tsx';
import type { Picture } from './map-rows.ts';

/** The channels in numbers, in the order of the picture. */
export function pictureTable(
  { errors, besideErrors, order }: Picture,
  say: ReturnType<typeof useTranslations<'maps'>>,
): TableData {
  const numbers = [
    say('table.channel'),
    say('table.teacherMean'),
    say('table.energy'),
    ...(besideErrors === undefined
      ? [say('table.studentMean'), say('table.error'), say('table.own')]
      : (['A', 'B'] as const).flatMap((path) => [
          `${path}: ${say('table.studentMean')}`,
          `${path}: ${say('table.error')}`,
          `${path}: ${say('table.own')}`,
        ])),
  ];
  return {
    columns: numbers.map((name) => ({ name, isNumber: true })),
    rows: order.map((channel) => {
      const [own, beside] = [errors[channel], besideErrors?.[channel]];
      return [
        channel,
        own?.teacherMean ?? null,
        own?.energy ?? null,
        ...[own, beside].flatMap((each) =>
          each === undefined ? [] : [each.studentMean, each.error, each.own],
        ),
      ];
    }),
  };
}
