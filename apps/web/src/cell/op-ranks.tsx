'use client';

import type { CandidateColumns, CellDetailFragment } from '@blockwise/client';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { seriesColour } from '../charts/palette.ts';
import { formatShare } from '../ui/format.ts';
import { Panel } from '../ui/page.tsx';
import { Scroll } from '../ui/scroll.tsx';
import styles from './op-ranks.module.css';
import { opShares } from './paths.ts';

const shares = [0.01, 0.05, 0.1, 1] as const;

/** How often each layer has each op among the best paths: what good paths have in common. */
export function OpRanks({
  cell,
  columns,
}: {
  cell: CellDetailFragment;
  columns: CandidateColumns;
}) {
  const say = useTranslations('cell');
  const table = useMemo(() => {
    const shape = { layers: cell.layers, ops: cell.ops.length };
    return shares.map((share) => opShares(columns, share, shape));
  }, [columns, cell.layers, cell.ops.length]);
  const name = (share: number) =>
    share === 1 ? say('allPaths') : say('bestShare', { share: String(100 * share) });
  return (
    <Panel title={say('opRanks')}>
      <p className={styles.note}>{say('opRanksAbout')}</p>
      <Scroll label={say('opRanks')}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{say('layers')}</th>
              {shares.map((share) => (
                <th key={share} scope="col">
                  {name(share)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {Array.from({ length: cell.layers }, (_, layer) => (
              <tr key={layer}>
                <th scope="row">{say('layer', { layer: String(layer + 1) })}</th>
                {table.map((ofShare, i) => (
                  <td key={shares[i]}>
                    <Bar parts={ofShare[layer] ?? []} ops={cell.ops} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <ul className={styles.legend}>
        {cell.ops.map((op, i) => (
          <li key={op}>
            <span style={{ background: seriesColour(i) }} />
            <code>{op}</code>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** Shares on top of each other sideways, and the greatest in words. */
function Bar({ parts, ops }: { parts: readonly number[]; ops: readonly string[] }) {
  const most = parts.indexOf(Math.max(...parts));
  return (
    <div title={parts.map((part, i) => `${ops[i]} ${formatShare(part)}`).join('\n')}>
      <div className={styles.bar} aria-hidden>
        {parts.map((part, i) => (
          <span key={ops[i]} style={{ width: `${100 * part}%`, background: seriesColour(i) }} />
        ))}
      </div>
      <span className={styles.most}>
        <code>{ops[most]}</code> {formatShare(parts[most] ?? 0)}
      </span>
      <span className="visually-hidden">
        {parts.map((part, i) => `${ops[i]} ${formatShare(part)}`).join(', ')}
      </span>
    </div>
  );
}
