'use client';

import { type BoardHeadFragment, ExportEntriesDocument } from '@blockwise/client';
import { Download } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useClient } from '../api/api-provider.tsx';
import { useEndpoint } from '../api/use-endpoint.ts';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { Panel } from '../ui/page.tsx';
import { tell } from '../ui/toasts.tsx';
import styles from './leaderboard.module.css';

const formats = ['CSV', 'PARQUET'] as const;

/** The board for elsewhere: as a file, and as a badge of its leader. */
export function BoardTools({ board }: { board: BoardHeadFragment }) {
  const say = useTranslations('leaderboard');
  const client = useClient();
  const save = async (format: (typeof formats)[number]) => {
    try {
      const asked = { leaderboard: board.id, format };
      const { exportEntries } = await client.request(ExportEntriesDocument, asked);
      window.location.assign(new URL(exportEntries.url, client.url));
    } catch (error) {
      tell({ text: error instanceof Error ? error.message : String(error), tone: 'bad' });
    }
  };
  return (
    <Panel title={say('elsewhere')}>
      <div className={styles.stack}>
        <div className={styles.actions}>
          {formats.map((format) => (
            <Button key={format} icon={<Download aria-hidden />} onPress={() => save(format)}>
              {format === 'CSV' ? 'CSV' : 'Parquet'}
            </Button>
          ))}
          <span className={styles.note}>{say('exportNote')}</span>
        </div>
        {board.visibility === 'PUBLIC' ? (
          <Badge path={board.badgeUrl} name={board.name} />
        ) : (
          <p className={styles.note}>{say('badgeNote')}</p>
        )}
      </div>
    </Panel>
  );
}

/** The badge, and what puts it into a Markdown page. */
export function Badge({ path, name }: { path: string; name: string }) {
  const say = useTranslations('leaderboard');
  const url = useEndpoint();
  if (url === '') return null;
  const address = new URL(path, url).href;
  return (
    <div className={styles.badge}>
      <img src={address} alt={say('badgeOf', { board: name })} height={20} />
      <CopyButton label={say('copyBadge')} text={`![${name}](${address})`} />
    </div>
  );
}
