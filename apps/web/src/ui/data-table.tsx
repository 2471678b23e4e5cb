'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { useTranslations } from 'next-intl';
import { useRef } from 'react';
import styles from './data-table.module.css';

export interface TableData {
  readonly columns: readonly { readonly name: string; readonly isNumber?: boolean }[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

const rowPixels = 34;

/** A table of any length: only the rows in sight are in the page. */
export function DataTable({ name, data: { columns, rows } }: { name: string; data: TableData }) {
  const say = useTranslations('common.chart');
  const host = useRef<HTMLElement>(null);
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => host.current,
    estimateSize: () => rowPixels,
    overscan: 12,
  });
  const shown = list.getVirtualItems();
  const above = shown[0]?.start ?? 0;
  const below = list.getTotalSize() - (shown.at(-1)?.end ?? 0);
  return (
    <section
      ref={host}
      className={styles.table}
      aria-label={name}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard
      tabIndex={0}
    >
      <table aria-rowcount={rows.length + 1}>
        <caption>{say('rows', { count: rows.length })}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.name} scope="col" className={column.isNumber ? 'number' : undefined}>
                {column.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {above > 0 && <tr aria-hidden style={{ height: above }} />}
          {shown.map(({ index }) => (
            <tr key={index} aria-rowindex={index + 2} style={{ height: rowPixels }}>
              {rows[index]?.map((value, at) => (
                <td key={at} className={columns[at]?.isNumber ? 'number' : undefined}>
                  {value ?? '–'}
                </td>
              ))}
            </tr>
          ))}
          {below > 0 && <tr aria-hidden style={{ height: below }} />}
        </tbody>
      </table>
    </section>
  );
}
