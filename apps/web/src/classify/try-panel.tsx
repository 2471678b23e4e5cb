'use client';

import {
  ExportNetworkDocument,
  OneNetworkDocument,
  type OneNetworkFragment,
} from '@blockwise/client';
import { Play } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useChange } from '../api/use-api.ts';
import { ForMembers } from '../search/for-members.tsx';
import { Button } from '../ui/button.tsx';
import { formatBytes } from '../ui/format.ts';
import { Empty, Panel, Problem } from '../ui/page.tsx';
import { ClassifyImages } from './classify-images.tsx';
import styles from './try-panel.module.css';
import { useClassifier } from './use-classifier.ts';

/** The exported network on the visitor's own machine: it classifies samples of the test part and any picture. */
export function TryPanel({ network }: { network: OneNetworkFragment }) {
  const say = useTranslations('classify');
  const exported = network.exports.findLast(
    ({ source, files }) => source === 'TRAINED' && files.length > 0,
  );
  const file = exported?.files.find(({ format }) => format === 'TFJS');
  return (
    <Panel title={say('title')}>
      <p className={styles.about}>{say('about')}</p>
      {exported && file ? (
        <Loading
          key={exported.id}
          exported={exported.id}
          bytes={file.bytes}
          tested={network.top1}
        />
      ) : network.top1 === null ? (
        <Empty>{say('untested')}</Empty>
      ) : (
        <ForMembers>
          <MakeFiles network={network} />
        </ForMembers>
      )}
    </Panel>
  );
}

function MakeFiles({ network }: { network: OneNetworkFragment }) {
  const say = useTranslations('classify');
  const make = useChange(ExportNetworkDocument, { renews: [OneNetworkDocument] });
  const isUnderWay = network.exports.some(
    ({ job }) => job?.state === 'QUEUED' || job?.state === 'RUNNING',
  );
  return (
    <Button
      isDisabled={make.isPending || isUnderWay}
      onPress={() => make.mutate({ input: { network: network.id } })}
    >
      {isUnderWay ? say('making') : say('make')}
    </Button>
  );
}

function Loading({
  exported,
  bytes,
  tested,
}: {
  exported: string;
  bytes: string;
  tested: number | null;
}) {
  const say = useTranslations('classify');
  const { loaded, isLoading, error, load } = useClassifier(exported);
  if (loaded) return <ClassifyImages loaded={loaded} tested={tested} />;
  return (
    <div className={styles.start}>
      {error && <Problem>{error.message}</Problem>}
      <Button icon={<Play aria-hidden />} isDisabled={isLoading} onPress={() => void load()}>
        {isLoading ? say('loading') : say('load', { size: formatBytes(bytes) })}
      </Button>
    </div>
  );
}
