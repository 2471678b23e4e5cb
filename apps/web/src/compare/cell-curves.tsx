'use client';

import { useTranslations } from 'next-intl';
import { Select } from '../ui/fields.tsx';
import { Empty, Panel } from '../ui/page.tsx';
import { ComparedCurves } from './compared-curves.tsx';
import type { KnownSearch } from './use-known-searches.ts';

/** How one cell learned in every search: its training losses over each other. */
export function CellCurves({
  searches,
  cell,
  onCell,
}: {
  searches: readonly KnownSearch[];
  cell: string | null;
  onCell: (cell: string) => void;
}) {
  const say = useTranslations('compare');
  const common = useTranslations('common');
  const places = [...new Set(searches.flatMap(({ jobs }) => jobs.nodes.map(placeOf)))].sort(
    (a, b) => a.localeCompare(b, 'en', { numeric: true }),
  );
  const place = cell !== null && places.includes(cell) ? cell : places[0];
  const nameOf = (each: string) => {
    const [block = 0, index = 0] = each.split('.').map(Number);
    return common('cell', { block, cell: index });
  };
  return (
    <Panel title={say('curvesPanel')}>
      {place === undefined ? (
        <Empty>{say('noCurves')}</Empty>
      ) : (
        <ComparedCurves
          title={say('curves', { cell: nameOf(place) })}
          runName={say('search')}
          runs={searches.map(({ name, jobs: { nodes } }, at) => ({
            name: `${at + 1}: ${name}`,
            job: nodes.find((job) => placeOf(job) === place)?.id,
          }))}
          curveKey="loss"
          keyName={say('loss')}
          logarithmic
          aside={
            <Select
              label={say('cell')}
              value={place}
              options={places.map((each) => ({ value: each, name: nameOf(each) }))}
              onChange={onCell}
            />
          }
        />
      )}
    </Panel>
  );
}

function placeOf({ cell }: KnownSearch['jobs']['nodes'][number]): string {
  return cell == null ? '' : `${cell.block}.${cell.index}`;
}
